package org.regionalpacs.webworker.changes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is told of changes, and how.
 *
 * @param targets who
 * @param poll between two looks for changes
 * @param batch changes in one request
 * @param timeout until a target must have answered
 * @param retry rest after the first failure; it doubles with each further one
 * @param retryMax the longest rest
 */
@Validated
@ConfigurationProperties("pacs.webhooks")
record WebhookProperties(
    @DefaultValue @Valid List<Target> targets,
    @DefaultValue("1s") @NotNull @DurationMin(millis = 1) Duration poll,
    @DefaultValue("100") @Min(1) @Max(10_000) int batch,
    @DefaultValue("10s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration timeout,
    @DefaultValue("1s") @NotNull @DurationMin(millis = 1) Duration retry,
    @DefaultValue("5m") @NotNull @DurationMin(millis = 1) Duration retryMax) {

  /**
   * Somebody who is told.
   *
   * @param name what is remembered of it goes by this name; another name begins anew
   * @param url where the changes are posted to
   * @param tenant whose changes; empty for all
   * @param secret signs each request; empty for none
   */
  record Target(
      @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}") String name,
      @NotNull URI url,
      @DefaultValue("") @NotNull String tenant,
      @DefaultValue("") @NotNull String secret) {

    @AssertTrue(message = "must be an http or https URL")
    boolean isUrlUsable() {
      return url != null
          && url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return name + " (" + url.getHost() + ")";
    }
  }

  @AssertTrue(message = "two targets can't have one name")
  boolean isEachNamed() {
    return targets.stream().map(Target::name).distinct().count() == targets.size();
  }

  /** The rest after so many failures in a row, one at least. */
  Duration restAfter(int failures) {
    Duration rest = retry.multipliedBy(1L << Math.min(failures - 1, 20));
    return rest.compareTo(retryMax) < 0 ? rest : retryMax;
  }
}
