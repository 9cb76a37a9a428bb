-- What statistics need of dicom_image_meta: a row for what came of a series in an hour of a day, from the
-- same source. Each load makes the rows of the series that it touches anew, in its transaction (ReceivedSeries).
-- Delays are from reception to index; a column counts those up to its time and above that of the column before.
create table received_series (
  received_day date not null,
  received_hour integer not null,
  tenant varchar(64) not null,
  study_uid varchar(128) not null,
  series_uid varchar(128) not null,
  modality varchar(16) not null,
  institution varchar(128) not null,
  department varchar(128) not null,
  referring_department varchar(128) not null,
  station varchar(64) not null,
  manufacturer varchar(128) not null,
  model varchar(128) not null,
  instances bigint not null,
  bytes bigint not null,
  delay_100ms bigint not null,
  delay_250ms bigint not null,
  delay_500ms bigint not null,
  delay_1s bigint not null,
  delay_2s bigint not null,
  delay_5s bigint not null,
  delay_10s bigint not null,
  delay_30s bigint not null,
  delay_1m bigint not null,
  delay_5m bigint not null,
  delay_15m bigint not null,
  delay_1h bigint not null,
  delay_6h bigint not null,
  delay_1d bigint not null,
  delay_more bigint not null
) partition by range (received_day);
create table received_series_rest partition of received_series default;
create index on received_series (received_day, tenant, study_uid, series_uid);
