-- Deletions by reference to UIDs: what they name was deleted, and what was received of it before stays so, however often its
-- message comes again. Kept for good; the archive has a copy of each as a journal.
create table deletion (
  tenant      text collate "C" not null,
  -- UUIDv7 of the moment of the deletion less the tolerance for clocks: smaller reception ids are dead.
  deletion_id uuid              not null,
  study_uid   text collate "C" not null,
  series_uid  text collate "C" not null,  -- empty: the whole study
  sop_uid     text collate "C" not null,  -- empty: the whole study or series
  requested   timestamptz       not null,
  cutoff      timestamptz       not null,  -- the time in deletion_id
  journaled   timestamptz,                 -- when its copy was written
  primary key (tenant, deletion_id)
);
create index deletion_by_uid on deletion (tenant, study_uid, series_uid, sop_uid, deletion_id);
create index deletion_not_journaled on deletion (requested) where journaled is null;

-- Receptions that were known when they were deleted although their ids are not smaller: those of the last moment, and those of
-- a node whose clock is ahead.
create table dead_reception (
  tenant       text collate "C" not null,
  reception_id uuid              not null,
  deletion_id  uuid              not null,
  primary key (tenant, reception_id)
);
create index dead_reception_by_deletion on dead_reception (tenant, deletion_id);

-- Places of dead receptions, whose bytes are still to be removed.
create table removal (
  tenant       text collate "C" not null,
  reception_id uuid              not null,
  store        text collate "C" not null,
  node         text collate "C" not null,
  blob_id      text collate "C" not null,
  study_uid    text collate "C" not null,
  series_uid   text collate "C" not null,
  sop_uid      text collate "C" not null,
  cutoff       timestamptz       not null,  -- of the deletion
  not_before   timestamptz       not null default now(),
  attempts     integer           not null default 0,
  primary key (tenant, reception_id, store)
);
create index removal_due on removal (not_before);

-- The last change number of a series that was deleted: if it comes again it goes on from there, as what was derived from a
-- series names the number it was made from.
create table deleted_series (
  tenant        text collate "C" not null,
  study_uid     text collate "C" not null,
  series_uid    text collate "C" not null,
  change_number bigint            not null,
  primary key (tenant, study_uid, series_uid)
);
