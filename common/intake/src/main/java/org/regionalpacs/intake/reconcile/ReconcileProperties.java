package org.regionalpacs.intake.reconcile;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How a node compares its online files with the index and the archive.
 *
 * @param grace files and rows younger than this are left alone: they may be on their way
 * @param archiveAfter a file that no archive has after so long is announced again; zero = never
 * @param maxAnnounced files announced in one run at most; what is left waits for the next
 * @param verifyRate bytes a second at which whole files are read for their digest; zero = not at
 *     all
 * @param verifyBytes so many bytes are read in one run; the next one goes on from there
 * @param listed findings of a run that are listed one by one; all are counted
 */
@Validated
@ConfigurationProperties("pacs.reconcile")
record ReconcileProperties(
    @DefaultValue("10m") @NotNull @DurationMin Duration grace,
    @DefaultValue("1h") @NotNull @DurationMin Duration archiveAfter,
    @DefaultValue("100000") @Min(1) long maxAnnounced,
    @DefaultValue("20MB") @NotNull DataSize verifyRate,
    @DefaultValue("200GB") @NotNull DataSize verifyBytes,
    @DefaultValue("1000") @Min(1) int listed) {}
