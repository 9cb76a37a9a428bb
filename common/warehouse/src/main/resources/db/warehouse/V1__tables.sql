-- The tables of WarehouseTable (a test compares them), partitioned by month of the day. Partitions are
-- made when rows come for them; what has no month that could be (before 1990, after tomorrow) is in
-- the partition _rest.

create table dicom_state_meta (
  received_day date not null,
  tenant varchar(64) not null default '',
  study_uid varchar(128) not null default '',
  series_uid varchar(128) not null default '',
  patient_id varchar(64) not null default '',
  modality varchar(16) not null default '',
  study_date date,
  change_number bigint not null,
  changed timestamptz(3) not null,
  primary key (received_day, tenant, study_uid, series_uid)
) partition by range (received_day);
create table dicom_state_meta_rest partition of dicom_state_meta default;

create table dicom_image_meta (
  received_day date not null,
  tenant varchar(64) not null default '',
  study_uid varchar(128) not null default '',
  series_uid varchar(128) not null default '',
  sop_uid varchar(128) not null default '',
  reception_id varchar(36) not null default '',
  sop_class varchar(128) not null default '',
  transfer_syntax varchar(128) not null default '',
  size bigint not null,
  received timestamptz(3) not null,
  indexed timestamptz(3) not null,
  patient_id varchar(64) not null default '',
  modality varchar(16) not null default '',
  study_date date,
  series_number integer,
  instance_number integer,
  acquired timestamptz(3),
  accession_number varchar(64) not null default '',
  body_part varchar(64) not null default '',
  institution varchar(128) not null default '',
  department varchar(128) not null default '',
  referring_department varchar(128) not null default '',
  station varchar(64) not null default '',
  manufacturer varchar(128) not null default '',
  model varchar(128) not null default '',
  software varchar(128) not null default '',
  device_serial varchar(64) not null default '',
  protocol varchar(128) not null default '',
  frames integer,
  image_rows integer,
  image_columns integer,
  bits_allocated integer,
  photometric varchar(32) not null default '',
  pixel_spacing numeric(27, 9),
  slice_thickness numeric(27, 9),
  kvp numeric(27, 9),
  tube_current numeric(27, 9),
  exposure numeric(27, 9),
  exposure_time numeric(27, 9),
  ctdi_vol numeric(27, 9),
  dap numeric(27, 9),
  magnetic_field numeric(27, 9),
  repetition_time numeric(27, 9),
  echo_time numeric(27, 9),
  primary key (received_day, tenant, study_uid, series_uid, sop_uid, reception_id)
) partition by range (received_day);
create table dicom_image_meta_rest partition of dicom_image_meta default;

create table wado_access_log (
  day date not null,
  event_id varchar(36) not null default '',
  tenant varchar(64) not null default '',
  time timestamptz(3) not null,
  service varchar(32) not null default '',
  operation varchar(64) not null default '',
  peer varchar(128) not null default '',
  address varchar(64) not null default '',
  study_uid varchar(128) not null default '',
  series_uid varchar(128) not null default '',
  sop_uid varchar(128) not null default '',
  status integer not null,
  comment varchar(512) not null default '',
  bytes bigint not null,
  millis bigint not null,
  served_from varchar(64) not null default '',
  primary key (day, event_id)
) partition by range (day);
create table wado_access_log_rest partition of wado_access_log default;

create table conversion_record (
  day date not null,
  event_id varchar(36) not null default '',
  tenant varchar(64) not null default '',
  time timestamptz(3) not null,
  study_uid varchar(128) not null default '',
  series_uid varchar(128) not null default '',
  sop_uid varchar(128) not null default '',
  reception_id varchar(36) not null default '',
  from_syntax varchar(128) not null default '',
  to_syntax varchar(128) not null default '',
  millis bigint not null,
  size_before bigint not null,
  size_after bigint not null,
  outcome varchar(32) not null default '',
  cause varchar(512) not null default '',
  primary key (day, event_id)
) partition by range (day);
create table conversion_record_rest partition of conversion_record default;

-- Labels of the batches that were loaded, kept for a while.
create table load_label (
  label varchar(128) primary key,
  loaded timestamptz(3) not null default now()
);
create index on load_label (loaded);

create index on wado_access_log (tenant, day);
create index on conversion_record (tenant, day);
