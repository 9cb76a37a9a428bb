-- What statistics need of dicom_image_meta: a row for what came of a series in an hour of a day, from the same
-- source. In PostgreSQL this is a table of the same columns, which each load keeps; here it is summed up when it is read.
-- Delays are from reception to index; a column counts those up to its time and above that of the column before.
-- What took longer than a day isn't measured: a difference in milliseconds may be an INT, which ends at 24 days.
CREATE VIEW IF NOT EXISTS `received_series` (
  `received_day`,
  `received_hour`,
  `tenant`,
  `study_uid`,
  `series_uid`,
  `modality`,
  `institution`,
  `department`,
  `referring_department`,
  `station`,
  `manufacturer`,
  `model`,
  `instances`,
  `bytes`,
  `delay_100ms`,
  `delay_250ms`,
  `delay_500ms`,
  `delay_1s`,
  `delay_2s`,
  `delay_5s`,
  `delay_10s`,
  `delay_30s`,
  `delay_1m`,
  `delay_5m`,
  `delay_15m`,
  `delay_1h`,
  `delay_6h`,
  `delay_1d`,
  `delay_more`
) AS
SELECT
  `received_day`,
  `received_hour`,
  `tenant`,
  `study_uid`,
  `series_uid`,
  `modality`,
  `institution`,
  `department`,
  `referring_department`,
  `station`,
  `manufacturer`,
  `model`,
  COUNT(*),
  SUM(`size`),
  SUM(CASE WHEN `delay` <= 100 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 100 AND `delay` <= 250 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 250 AND `delay` <= 500 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 500 AND `delay` <= 1000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 1000 AND `delay` <= 2000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 2000 AND `delay` <= 5000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 5000 AND `delay` <= 10000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 10000 AND `delay` <= 30000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 30000 AND `delay` <= 60000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 60000 AND `delay` <= 300000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 300000 AND `delay` <= 900000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 900000 AND `delay` <= 3600000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 3600000 AND `delay` <= 21600000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 21600000 AND `delay` <= 86400000 THEN 1 ELSE 0 END),
  SUM(CASE WHEN `delay` > 86400000 THEN 1 ELSE 0 END)
FROM (
  SELECT
    `received_day`,
    `tenant`,
    `study_uid`,
    `series_uid`,
    `modality`,
    `institution`,
    `department`,
    `referring_department`,
    `station`,
    `manufacturer`,
    `model`,
    `size`,
    HOUR(`received`) AS `received_hour`,
    CASE
      WHEN `indexed` > DATE_ADD(`received`, INTERVAL 1 DAY) THEN 86400001
      ELSE MILLISECONDS_DIFF(`indexed`, `received`)
    END AS `delay`
  FROM `dicom_image_meta`
) `object`
GROUP BY
  `received_day`,
  `received_hour`,
  `tenant`,
  `study_uid`,
  `series_uid`,
  `modality`,
  `institution`,
  `department`,
  `referring_department`,
  `station`,
  `manufacturer`,
  `model`;
