-- Whether the blobs that the index has in archives are there.
create table archive_check (
  store        text collate "C" not null primary key,
  due          timestamptz      not null default now(),  -- of the next run
  started      timestamptz,
  ended        timestamptz,                              -- of the last run; null while one is under way
  -- Where it is: all objects up to this one are done.
  tenant       text collate "C" not null default '',
  reception_id uuid             not null default '00000000-0000-0000-0000-000000000000',
  objects      bigint           not null default 0,      -- looked at
  missing      bigint           not null default 0,      -- found gone; there is another copy
  lost         bigint           not null default 0,      -- found gone; no other copy is known
  returned     bigint           not null default 0       -- were gone, and are there again
);

create index location_missing on location (store, tenant, reception_id) where state = 'missing';
