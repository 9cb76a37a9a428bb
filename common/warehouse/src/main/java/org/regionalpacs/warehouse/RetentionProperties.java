package org.regionalpacs.warehouse;

import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long rows are kept, such as {@code 18m} (months), {@code 400d} or {@code 7y}; {@code 0d} for
 * ever. Whole months go, when their last day is older.
 *
 * @param dicomStateMeta of {@link WarehouseTable#DICOM_STATE_META}
 * @param dicomImageMeta of {@link WarehouseTable#DICOM_IMAGE_META}
 * @param wadoAccessLog of {@link WarehouseTable#WADO_ACCESS_LOG}
 * @param conversionRecord of {@link WarehouseTable#CONVERSION_RECORD}
 */
@Validated
@ConfigurationProperties("pacs.warehouse.retention")
public record RetentionProperties(
    @DefaultValue("0d") @NotNull Period dicomStateMeta,
    @DefaultValue("0d") @NotNull Period dicomImageMeta,
    @DefaultValue("24m") @NotNull Period wadoAccessLog,
    @DefaultValue("24m") @NotNull Period conversionRecord) {

  public RetentionProperties {
    if (dicomStateMeta.isNegative()
        || dicomImageMeta.isNegative()
        || wadoAccessLog.isNegative()
        || conversionRecord.isNegative()) {
      throw new IllegalArgumentException("a retention of the warehouse can't be negative");
    }
  }

  /** The first day that is kept, where not all are. */
  public Optional<LocalDate> first(WarehouseTable table, LocalDate today) {
    Period period =
        switch (table) {
          case DICOM_STATE_META -> dicomStateMeta;
          case DICOM_IMAGE_META -> dicomImageMeta;
          case WADO_ACCESS_LOG -> wadoAccessLog;
          case CONVERSION_RECORD -> conversionRecord;
        };
    return period.isZero() ? Optional.empty() : Optional.of(today.minus(period));
  }
}
