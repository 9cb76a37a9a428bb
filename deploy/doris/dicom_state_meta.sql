-- A row a series: what it is, and its last change.
-- Merge-on-write: a row with the key of another and no lower change_number takes its place when it is loaded, so reading costs
-- nothing more.
CREATE TABLE IF NOT EXISTS `dicom_state_meta` (
  `received_day`  DATE           NOT NULL,
  `tenant`        VARCHAR(256)   NOT NULL,
  `study_uid`     VARCHAR(512)   NOT NULL,
  `series_uid`    VARCHAR(512)   NOT NULL,
  `patient_id`    VARCHAR(256)   NOT NULL,
  `modality`      VARCHAR(64)    NOT NULL,
  `study_date`    DATE           NULL,
  `change_number` BIGINT         NOT NULL,
  `changed`       DATETIME(3)    NOT NULL
)
ENGINE = OLAP
UNIQUE KEY (`received_day`, `tenant`, `study_uid`, `series_uid`)
AUTO PARTITION BY RANGE (date_trunc(`received_day`, 'day')) ()
DISTRIBUTED BY HASH(`tenant`, `study_uid`) BUCKETS 4
PROPERTIES (
  "replication_allocation" = "tag.location.default: ${replication}",
  "bloom_filter_columns" = "study_uid",
  "enable_unique_key_merge_on_write" = "true",
  "function_column.sequence_col" = "change_number"
);
