package org.regionalpacs.webworker.warehouse;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the warehouse is looked after. What is kept: {@code pacs.warehouse.retention}.
 *
 * @param delay after the start of the service
 * @param interval from the end of one time to the next; partitions are made for the next month
 * @param retry until it is tried again when it failed
 */
@Validated
@ConfigurationProperties("pacs.warehouse.upkeep")
record WarehouseUpkeepProperties(
    @DefaultValue("1m") @NotNull @DurationMin(seconds = 0) Duration delay,
    @DefaultValue("1d") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7) Duration interval,
    @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration retry) {}
