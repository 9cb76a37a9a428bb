-- The index. Every primary key starts with the tenant, so that Citus can distribute every table by it.
-- All text is compared by code point (collation "C"): UIDs, dates and folded names need nothing else,
-- and prefix searches can use plain b-trees.

create extension if not exists pg_trgm;

-- A patient of one tenant: (issuer, patient id). patient_key is derived from them (SHA-256), so that it
-- needs no lookup; an object without a Patient ID gets a patient of its own per study.
create table patient (
  tenant       text   collate "C" not null,
  patient_key  uuid                not null,
  patient_id   text   collate "C" not null,
  issuer       text   collate "C" not null,
  name         text   collate "C" not null,   -- as received, decoded: alphabetic=ideographic=phonetic
  name_search  text   collate "C" not null,   -- folded: lower case, no accents, all groups
  birth_date   text   collate "C" not null,
  sex          text   collate "C" not null,
  -- DICOM JSON of the patient-level attributes that have a value (the same in study and series).
  attributes   jsonb              not null,
  reception_id uuid               not null,   -- the object these values were taken from
  created      timestamptz        not null default now(),
  updated      timestamptz        not null default now(),
  primary key (tenant, patient_key)
);
create index patient_by_id on patient (tenant, patient_id);
create index patient_by_name on patient using gin (name_search gin_trgm_ops);

create table study (
  tenant              text collate "C" not null,
  study_uid           text collate "C" not null,
  patient_key         uuid              not null,
  study_date          text collate "C" not null,  -- YYYYMMDD, or empty
  study_time          text collate "C" not null,  -- HHMMSS.FFFFFF filled with zeros, or empty
  accession_number    text collate "C" not null,
  study_id            text collate "C" not null,
  referring_physician text collate "C" not null,  -- folded
  description         text collate "C" not null,  -- folded
  attributes          jsonb             not null,  -- DICOM JSON of the study-level attributes
  reception_id        uuid              not null,
  -- computed by webworker-service, never in the insert path
  series_count        integer           not null default 0,
  instance_count      integer           not null default 0,
  total_size          bigint            not null default 0,
  modalities          text[]            not null default '{}',
  sop_classes         text[]            not null default '{}',
  created             timestamptz       not null default now(),
  updated             timestamptz       not null default now(),
  primary key (tenant, study_uid)
);
create index study_by_date on study (tenant, study_date desc, study_time desc, study_uid);
create index study_by_patient on study (tenant, patient_key);
create index study_by_accession on study (tenant, accession_number);
create index study_by_modality on study using gin (modalities);
create index study_by_description on study using gin (description gin_trgm_ops);
create index study_by_referring_physician on study using gin (referring_physician gin_trgm_ops);

create table series (
  tenant          text collate "C" not null,
  study_uid       text collate "C" not null,
  series_uid      text collate "C" not null,
  modality        text collate "C" not null,
  series_number   integer,
  series_date     text collate "C" not null,
  series_time     text collate "C" not null,
  description     text collate "C" not null,  -- folded
  attributes      jsonb             not null,  -- DICOM JSON of the series-level attributes
  reception_id    uuid              not null,
  -- Grows with every change of the series or of one of its instances. Whoever changes an instance
  -- holds the lock of its series' row; locks are taken in the order patient, study, series.
  change_number   bigint            not null default 0,
  changed         timestamptz       not null default now(),
  -- The change number up to which the counts here and in study are right.
  counted_number  bigint            not null default 0,
  instance_count  integer           not null default 0,
  total_size      bigint            not null default 0,
  sop_classes     text[]            not null default '{}',
  created         timestamptz       not null default now(),
  primary key (tenant, study_uid, series_uid)
);
create index series_uncounted on series (changed) where counted_number < change_number;
create index series_by_uid on series (tenant, series_uid);

create table instance (
  tenant           text collate "C" not null,
  study_uid        text collate "C" not null,
  series_uid       text collate "C" not null,
  sop_uid          text collate "C" not null,
  reception_id     uuid              not null,  -- the current version
  sop_class        text collate "C" not null,
  transfer_syntax  text collate "C" not null,
  digest           bytea             not null,  -- SHA-256 of the data set
  size             bigint            not null,  -- bytes of the file
  data_set_offset  integer           not null,  -- where the data set starts in the file
  instance_number  integer,
  rows             integer,
  columns          integer,
  bits_allocated   integer,
  number_of_frames integer,
  received         timestamptz       not null,
  indexed          timestamptz       not null default now(),
  primary key (tenant, study_uid, series_uid, sop_uid)
) partition by hash (study_uid);

do $$
begin
  for i in 0..15 loop
    execute format(
      'create table instance_%s partition of instance for values with (modulus 16, remainder %s)',
      lpad(i::text, 2, '0'), i);
  end loop;
end $$;
create index instance_by_sop on instance (tenant, sop_uid);

-- A version of an instance that is no longer, or never became, the current one; also the copies of
-- identical content that several nodes took in under reception ids of their own.
create table superseded_instance (
  tenant           text collate "C" not null,
  reception_id     uuid             not null,
  study_uid        text collate "C" not null,
  series_uid       text collate "C" not null,
  sop_uid          text collate "C" not null,
  sop_class        text collate "C" not null,
  transfer_syntax  text collate "C" not null,
  digest           bytea            not null,
  size             bigint           not null,
  data_set_offset  integer          not null,
  instance_number  integer,
  rows             integer,
  columns          integer,
  bits_allocated   integer,
  number_of_frames integer,
  received         timestamptz      not null,
  superseded_by    uuid             not null,  -- the version that is current
  superseded       timestamptz      not null default now(),
  primary key (tenant, reception_id)
);
create index superseded_instance_by_sop on superseded_instance (tenant, study_uid, series_uid, sop_uid);

-- Where the bytes of a received object are. A table of its own: archiver and indexer run in either order.
create table location (
  tenant        text   collate "C" not null,
  reception_id  uuid               not null,
  store         text   collate "C" not null,   -- 'online', or the name of a blob store
  node          text   collate "C" not null,   -- node id for 'online', else empty
  blob_id       text   collate "C" not null,   -- path relative to the node's ROOT, or the store's blob id
  blob_offset   bigint             not null default 0,
  blob_length   bigint             not null,
  state         text   collate "C" not null,   -- 'available'; 'evicted'
  created       timestamptz        not null default now(),
  primary key (tenant, reception_id, store)
) partition by hash (reception_id);

do $$
begin
  for i in 0..15 loop
    execute format(
      'create table location_%s partition of location for values with (modulus 16, remainder %s)',
      lpad(i::text, 2, '0'), i);
  end loop;
end $$;

-- Which pre-generated metadata document a series has. Derived: may be deleted at any time.
create table series_metadata (
  tenant         text collate "C" not null,
  study_uid      text collate "C" not null,
  series_uid     text collate "C" not null,
  change_number  bigint            not null,  -- the series' change number it was made from
  blob_id        text collate "C" not null,
  size           bigint            not null,  -- bytes of the gzipped document
  base_url       text collate "C" not null,  -- what its BulkDataURIs start with
  created        timestamptz       not null default now(),
  primary key (tenant, study_uid, series_uid)
);
