-- A row an accepted object.
-- Merge-on-write: a row with the key of another takes its place when it is loaded, so reading costs nothing more.
CREATE TABLE IF NOT EXISTS `dicom_image_meta` (
  `received_day`         DATE           NOT NULL,
  `tenant`               VARCHAR(256)   NOT NULL,
  `study_uid`            VARCHAR(512)   NOT NULL,
  `series_uid`           VARCHAR(512)   NOT NULL,
  `sop_uid`              VARCHAR(512)   NOT NULL,
  `reception_id`         VARCHAR(144)   NOT NULL,
  `sop_class`            VARCHAR(512)   NOT NULL,
  `transfer_syntax`      VARCHAR(512)   NOT NULL,
  `size`                 BIGINT         NOT NULL,
  `received`             DATETIME(3)    NOT NULL,
  `indexed`              DATETIME(3)    NOT NULL,
  `patient_id`           VARCHAR(256)   NOT NULL,
  `modality`             VARCHAR(64)    NOT NULL,
  `study_date`           DATE           NULL,
  `series_number`        INT            NULL,
  `instance_number`      INT            NULL,
  `acquired`             DATETIME(3)    NULL,
  `accession_number`     VARCHAR(256)   NOT NULL,
  `body_part`            VARCHAR(256)   NOT NULL,
  `institution`          VARCHAR(512)   NOT NULL,
  `department`           VARCHAR(512)   NOT NULL,
  `referring_department` VARCHAR(512)   NOT NULL,
  `station`              VARCHAR(256)   NOT NULL,
  `manufacturer`         VARCHAR(512)   NOT NULL,
  `model`                VARCHAR(512)   NOT NULL,
  `software`             VARCHAR(512)   NOT NULL,
  `device_serial`        VARCHAR(256)   NOT NULL,
  `protocol`             VARCHAR(512)   NOT NULL,
  `frames`               INT            NULL,
  `image_rows`           INT            NULL,
  `image_columns`        INT            NULL,
  `bits_allocated`       INT            NULL,
  `photometric`          VARCHAR(128)   NOT NULL,
  `pixel_spacing`        DECIMAL(27, 9) NULL,
  `slice_thickness`      DECIMAL(27, 9) NULL,
  `kvp`                  DECIMAL(27, 9) NULL,
  `tube_current`         DECIMAL(27, 9) NULL,
  `exposure`             DECIMAL(27, 9) NULL,
  `exposure_time`        DECIMAL(27, 9) NULL,
  `ctdi_vol`             DECIMAL(27, 9) NULL,
  `dap`                  DECIMAL(27, 9) NULL,
  `magnetic_field`       DECIMAL(27, 9) NULL,
  `repetition_time`      DECIMAL(27, 9) NULL,
  `echo_time`            DECIMAL(27, 9) NULL
)
ENGINE = OLAP
UNIQUE KEY (`received_day`, `tenant`, `study_uid`, `series_uid`, `sop_uid`, `reception_id`)
AUTO PARTITION BY RANGE (date_trunc(`received_day`, 'day')) ()
DISTRIBUTED BY HASH(`tenant`, `study_uid`) BUCKETS 8
PROPERTIES (
  "replication_allocation" = "tag.location.default: ${replication}",
  "bloom_filter_columns" = "study_uid",
  "enable_unique_key_merge_on_write" = "true"
);
