-- Metadata documents are made ahead of their readers, by several webworkers sharing the work.

-- The change number that the series' kept, complete metadata document was made from.
alter table series add column metadata_number bigint not null default 0;
create index series_without_metadata on series (changed) where metadata_number < change_number;

-- complete: false when some files could not be reached, so that those instances are described from
-- the index only. format: the shape of the blob; others than today's are made anew.
alter table series_metadata add column complete boolean not null default true;
alter table series_metadata add column format integer not null default 0;

-- Who is making, or failed to make, which series' document. Until then nobody else takes it up.
create table series_metadata_claim (
  tenant     text collate "C" not null,
  study_uid  text collate "C" not null,
  series_uid text collate "C" not null,
  worker     uuid,                          -- null after a failure
  until      timestamptz       not null,
  attempts   integer           not null,
  primary key (tenant, study_uid, series_uid)
);
create index series_metadata_claim_by_worker on series_metadata_claim (worker);

-- Blobs that are being written, or that a newer one took the place of: to be removed when nobody can
-- be reading them any more.
create table discarded_metadata (
  tenant    text collate "C" not null,
  blob_id   text collate "C" not null,
  discarded timestamptz       not null default now(),
  primary key (tenant, blob_id)
);
create index discarded_metadata_by_time on discarded_metadata (discarded);
