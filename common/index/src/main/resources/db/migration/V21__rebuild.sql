-- A rebuild of the index (./pacs rebuild): what it has found of objects, before anything of the index is dropped. Logged, though
-- a rebuild that is broken off begins anew: PostgreSQL empties unlogged tables when it restarts, and the rebuild would go on.

-- One row while a rebuild is under way, or was broken off.
create table rebuild (
  one     boolean     not null primary key default true check (one),
  phase   text        not null,  -- listing: the index is as it was; indexing: it isn't whole
  started timestamptz not null default now()
);

-- A reception, as its file or its manifest tells it. Indexed in the order of receptions, like the first time.
create table rebuild_object (
  tenant       text collate "C" not null,
  reception_id uuid             not null,
  online       boolean          not null,  -- else it is in archives only
  message      text             not null,  -- the record of storage_queue
  primary key (tenant, reception_id)
);

-- An archived copy of a reception or a rendition.
create table rebuild_copy (
  tenant      text collate "C" not null,
  object_id   uuid             not null,
  store       text collate "C" not null,
  blob_id     text collate "C" not null,
  blob_length bigint           not null,
  blocks      text,
  primary key (tenant, object_id, store, blob_id)
);

create table rebuild_rendition (
  tenant       text collate "C" not null,
  rendition_id uuid             not null,
  manifest     text             not null,
  primary key (tenant, rendition_id)
);

-- What the index knew when it was dropped: a rebuild that was broken off then leaves none that would tell what is missing.
create table rebuild_known (
  tenant       text collate "C" not null,
  reception_id uuid             not null,
  study_uid    text collate "C" not null,
  series_uid   text collate "C" not null,
  sop_uid      text collate "C" not null,
  primary key (tenant, reception_id)
);

-- Archived copies that were known to be damaged: no file tells that.
create table rebuild_damaged (
  tenant       text collate "C" not null,
  reception_id uuid             not null,
  store        text collate "C" not null,
  blob_id      text collate "C" not null,
  primary key (tenant, reception_id, store, blob_id)
);
