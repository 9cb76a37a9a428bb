-- What is where, of each tenant: counted from location now and then, as counting takes too long to be done for a reader.
create table storage_tier (
  tenant  text collate "C" not null,
  store   text collate "C" not null,  -- as in location; 'derived': what is made of the objects
  node    text collate "C" not null,  -- as in location
  state   text collate "C" not null,  -- as in location
  objects bigint            not null,
  bytes   bigint            not null,
  primary key (tenant, store, node, state)
);

-- One row.
create table storage_count (
  counted timestamptz,                         -- what was committed before then is in storage_tier; null before the first pass
  due     timestamptz not null default now(),  -- nobody counts before; a pass under way moves it on
  holder  uuid                                 -- the pass under way
);
insert into storage_count (counted) values (null);
