package org.regionalpacs.warehouse.postgres;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The warehouse in PostgreSQL.
 *
 * @param url JDBC URL of a database of its own; empty for the one that the index is in, with its
 *     user and password
 * @param username user of {@code url}
 * @param password of the user
 * @param connections a process has at most; they are closed when nothing is to be done
 * @param deadline of a load, and of a query
 * @param labels how long labels are kept: longer than a batch may be loaded again
 */
@Validated
@ConfigurationProperties("pacs.warehouse.postgres")
record PostgresWarehouseProperties(
    @DefaultValue("") String url,
    @DefaultValue("") String username,
    @DefaultValue("") String password,
    @DefaultValue("4") @Min(1) @Max(100) int connections,
    @DefaultValue("60s") @NotNull @DurationMin(seconds = 1) Duration deadline,
    @DefaultValue("30d") @NotNull @DurationMin(days = 1) Duration labels) {}
