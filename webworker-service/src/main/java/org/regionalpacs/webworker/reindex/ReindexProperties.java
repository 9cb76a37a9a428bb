package org.regionalpacs.webworker.reindex;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How stored objects are read for query tags.
 *
 * @param rate headers read in a second, at most
 * @param batch series taken at a time
 * @param slice objects whose values are written in one transaction
 * @param lease how long after a crash of this worker others go on
 * @param retry rest of a series some of whose objects couldn't be reached; doubled with each time
 * @param retryMax longest rest
 * @param poll between two looks for something to do
 */
@Validated
@ConfigurationProperties("pacs.reindex")
record ReindexProperties(
    @DefaultValue("200") @Min(1) @Max(100_000) int rate,
    @DefaultValue("50") @Min(1) @Max(1000) int batch,
    @DefaultValue("200") @Min(1) @Max(1000) int slice,
    @DefaultValue("1m") @NotNull Duration lease,
    @DefaultValue("1m") @NotNull Duration retry,
    @DefaultValue("6h") @NotNull Duration retryMax,
    @DefaultValue("1s") @NotNull Duration poll) {

  /** The rest after so many failures before. */
  Duration rest(int attempts) {
    Duration rest = retry.multipliedBy(1L << Math.min(attempts, 20));
    return rest.compareTo(retryMax) < 0 ? rest : retryMax;
  }
}
