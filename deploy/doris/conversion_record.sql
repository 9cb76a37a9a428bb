-- A row a conversion of an object into another transfer syntax.
-- Once by the labels of the loads; the key is for sorting.
CREATE TABLE IF NOT EXISTS `conversion_record` (
  `day`          DATE           NOT NULL,
  `event_id`     VARCHAR(144)   NOT NULL,
  `tenant`       VARCHAR(256)   NOT NULL,
  `time`         DATETIME(3)    NOT NULL,
  `study_uid`    VARCHAR(512)   NOT NULL,
  `series_uid`   VARCHAR(512)   NOT NULL,
  `sop_uid`      VARCHAR(512)   NOT NULL,
  `reception_id` VARCHAR(144)   NOT NULL,
  `from_syntax`  VARCHAR(512)   NOT NULL,
  `to_syntax`    VARCHAR(512)   NOT NULL,
  `millis`       BIGINT         NOT NULL,
  `size_before`  BIGINT         NOT NULL,
  `size_after`   BIGINT         NOT NULL,
  `outcome`      VARCHAR(128)   NOT NULL,
  `cause`        VARCHAR(2048)  NOT NULL
)
ENGINE = OLAP
DUPLICATE KEY (`day`, `event_id`)
AUTO PARTITION BY RANGE (date_trunc(`day`, 'day')) ()
DISTRIBUTED BY HASH(`tenant`, `study_uid`) BUCKETS 2
PROPERTIES (
  "replication_allocation" = "tag.location.default: ${replication}",
  "compression" = "zstd"
);
