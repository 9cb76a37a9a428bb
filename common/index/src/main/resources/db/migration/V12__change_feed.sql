-- Changes of the index, written in the transactions that make them and not yet in the order in which readers get them.
create table change_waiting (
  id           bigint            generated always as identity primary key,
  tenant       text collate "C" not null,
  action       text collate "C" not null,
  study_uid    text collate "C" not null,
  series_uid   text collate "C" not null,
  sop_uid      text collate "C" not null,
  reception_id uuid,
  happened     timestamptz       not null default now()
);

-- The change feed. One sequencer at a time gives numbers, to changes that are committed: so no number appears below one that a
-- reader has seen.
create table change (
  tenant       text collate "C" not null,
  sequence     bigint            not null,  -- from 1, over all tenants
  action       text collate "C" not null,  -- created, replaced, deleted
  study_uid    text collate "C" not null,
  series_uid   text collate "C" not null,  -- empty: the whole study was deleted
  sop_uid      text collate "C" not null,  -- empty: the whole study or series was deleted
  reception_id uuid,                        -- the version that is current; none when deleted
  happened     timestamptz       not null,
  primary key (tenant, sequence)
);
create index change_by_sequence on change (sequence);

-- One row.
create table change_sequence (
  last      bigint not null,  -- the last number given
  forgotten bigint not null   -- changes up to this one are no longer kept
);
insert into change_sequence (last, forgotten) values (0, 0);

-- How far each webhook has been told.
create table webhook (
  name       text collate "C" not null primary key,
  sequence   bigint            not null,
  -- Who tells it now, and until when.
  holder     uuid,
  held_until timestamptz,
  failures   integer           not null default 0,  -- since it answered last
  not_before timestamptz       not null default now()
);
