-- Extra attributes to search by, chosen by each tenant while the service runs.

-- One row. Grows with every change of query_tag; who indexed by an older number leaves its series in query_tag_waiting.
create table query_tag_generation (generation bigint not null);
insert into query_tag_generation (generation) values (0);

create table query_tag (
  tenant       text collate "C" not null,
  tag_id       integer          not null generated always as identity,
  path         text collate "C" not null,  -- eight hex digits; in items of a sequence: sequence.attribute
  creator      text collate "C" not null,  -- of a private attribute, else empty
  vr           text collate "C" not null,
  level        text collate "C" not null,  -- study, series, instance
  state        text collate "C" not null,  -- indexing: what is stored already is being read; ready; deleting
  added        timestamptz      not null default now(),
  -- The last series that was read for it.
  cursor_study  text collate "C" not null default '',
  cursor_series text collate "C" not null default '',
  series_done  bigint           not null default 0,
  series_total bigint           not null default 0,  -- when it began; 0 before
  -- Nobody else reads for it until then.
  held_until   timestamptz      not null default 'epoch',
  primary key (tenant, tag_id)
);
create unique index query_tag_by_path on query_tag (tenant, path) where state <> 'deleting';

-- What objects say, a row a value. Of a study or a series: of its current object that was received first, among those that have
-- a value; of an instance: of its current version.
create table query_tag_value (
  tenant       text collate "C" not null,
  study_uid    text collate "C" not null,
  series_uid   text collate "C" not null,  -- empty: of the study
  sop_uid      text collate "C" not null,  -- empty: of the study or the series
  tag_id       integer          not null,
  ordinal      smallint         not null,  -- among the values of one attribute, from 0
  reception_id uuid             not null,  -- the object it was taken from
  shown        text collate "C" not null,  -- as received, decoded
  -- As it is compared; one of them, by the VR.
  text_value   text collate "C",           -- also UIDs; dates YYYYMMDD, times HHMMSS.FFFFFF, moments YYYYMMDDHHMMSS.FFFFFF in UTC
  name_value   text collate "C",           -- folded
  number_value double precision,
  primary key (tenant, study_uid, series_uid, sop_uid, tag_id, ordinal)
);
-- Also all values of a tag.
create index query_tag_value_by_text on query_tag_value (tenant, tag_id, text_value);
create index query_tag_value_by_number on query_tag_value (tenant, tag_id, number_value) where number_value is not null;
create index query_tag_value_by_name on query_tag_value using gin (name_value gin_trgm_ops) where name_value is not null;
create index query_tag_value_by_name_tokens on query_tag_value using gin (name_tokens(name_value)) where name_value is not null;

-- Instances that could not be read for a tag, or whose value isn't one of its VR.
create table query_tag_error (
  tenant     text collate "C" not null,
  tag_id     integer          not null,
  study_uid  text collate "C" not null,
  series_uid text collate "C" not null,
  sop_uid    text collate "C" not null,
  reason     text             not null,
  happened   timestamptz      not null default now(),
  primary key (tenant, tag_id, study_uid, series_uid, sop_uid)
);
create index query_tag_error_by_study on query_tag_error (tenant, study_uid);

-- Series that are to be read again for all tags: what a value was taken from is gone, they were indexed while the tags changed,
-- or some of their objects could not be reached.
create table query_tag_waiting (
  tenant     text collate "C" not null,
  study_uid  text collate "C" not null,
  series_uid text collate "C" not null,
  revision   bigint           not null default 0,  -- grows when it is to be read once more
  attempts   integer          not null default 0,
  not_before timestamptz      not null default now(),
  primary key (tenant, study_uid, series_uid)
);
create index query_tag_waiting_by_time on query_tag_waiting (not_before);
