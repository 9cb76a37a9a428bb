-- What was received and doesn't agree with the index, for people to look at. Values are kept here and
-- nowhere else: they identify patients.
create table conflict (
  tenant        text collate "C" not null,
  conflict_id   uuid              not null,  -- derived from what makes it this conflict, so a repeat finds it
  kind          text collate "C" not null,  -- see ConflictKind
  study_uid     text collate "C" not null,
  -- An object that shows it: the one received first.
  series_uid    text collate "C" not null,
  sop_uid       text collate "C" not null,
  reception_id  uuid              not null,
  differences   jsonb             not null,  -- {keyword: {"index": value, "received": value}}
  objects       integer           not null,  -- how many objects show it
  first_seen    timestamptz       not null default now(),
  last_seen     timestamptz       not null default now(),
  primary key (tenant, conflict_id)
);
create index conflict_by_time on conflict (tenant, last_seen desc, conflict_id);
create index conflict_by_study on conflict (tenant, study_uid, last_seen desc, conflict_id);
create index conflict_by_kind on conflict (tenant, kind, last_seen desc, conflict_id);

-- Which objects show it, so that one that is delivered twice counts once.
create table conflict_object (
  tenant       text collate "C" not null,
  conflict_id  uuid              not null,
  object_id    uuid              not null,
  primary key (tenant, conflict_id, object_id),
  -- Objects are written first, so that a repeat is known before the conflict is counted up.
  foreign key (tenant, conflict_id) references conflict on delete cascade deferrable initially deferred
);

-- Records of the storage topic that one step can't process yet while the others of their partition
-- can go on: a file on a node that is away, say. Each is tried again by itself.
create table parked_record (
  tenant        text collate "C" not null,
  step          text collate "C" not null,  -- the consumer group
  topic         text collate "C" not null,
  partition     integer           not null,
  record_offset bigint            not null,
  record_key    text                      ,
  record_value  bytea             not null,
  header_names  text[]            not null,
  header_values bytea[]           not null,
  cause         text              not null,
  attempts      integer           not null default 1,
  parked        timestamptz       not null default now(),
  due           timestamptz       not null,  -- nobody tries it before; a claim moves it on
  primary key (tenant, step, topic, partition, record_offset)
);
create index parked_record_due on parked_record (step, due);
