package org.regionalpacs.webworker.deletion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the bytes of deleted objects are removed.
 *
 * @param poll between two looks for them
 * @param orphans between two looks for copies of theirs that nobody had recorded
 * @param batch objects removed in one transaction, and files in one task of a node
 * @param keepTasks how long finished tasks of nodes are remembered
 */
@Validated
@ConfigurationProperties("pacs.deletions")
record DeletionsProperties(
    @DefaultValue("500ms") @NotNull Duration poll,
    @DefaultValue("1m") @NotNull Duration orphans,
    @DefaultValue("100") @Min(1) @Max(10_000) int batch,
    @DefaultValue("1d") @NotNull Duration keepTasks) {}
