-- A row a request that was served.
-- Once by the labels of the loads; the key is for sorting.
CREATE TABLE IF NOT EXISTS `wado_access_log` (
  `day`         DATE           NOT NULL,
  `event_id`    VARCHAR(144)   NOT NULL,
  `tenant`      VARCHAR(256)   NOT NULL,
  `time`        DATETIME(3)    NOT NULL,
  `service`     VARCHAR(128)   NOT NULL,
  `operation`   VARCHAR(256)   NOT NULL,
  `peer`        VARCHAR(512)   NOT NULL,
  `address`     VARCHAR(256)   NOT NULL,
  `study_uid`   VARCHAR(512)   NOT NULL,
  `series_uid`  VARCHAR(512)   NOT NULL,
  `sop_uid`     VARCHAR(512)   NOT NULL,
  `status`      INT            NOT NULL,
  `comment`     VARCHAR(2048)  NOT NULL,
  `bytes`       BIGINT         NOT NULL,
  `millis`      BIGINT         NOT NULL,
  `served_from` VARCHAR(256)   NOT NULL
)
ENGINE = OLAP
DUPLICATE KEY (`day`, `event_id`)
AUTO PARTITION BY RANGE (date_trunc(`day`, 'day')) ()
DISTRIBUTED BY HASH(`tenant`, `study_uid`) BUCKETS 4
PROPERTIES (
  "replication_allocation" = "tag.location.default: ${replication}",
  "bloom_filter_columns" = "study_uid,tenant,peer",
  "compression" = "zstd"
);
