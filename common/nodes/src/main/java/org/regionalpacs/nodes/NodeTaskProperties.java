package org.regionalpacs.nodes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a process that owns online files does the tasks of its node.
 *
 * @param workers tasks done at the same time
 * @param poll between two looks for tasks while there are none; varied by a quarter
 * @param lease so long after the death of a process its tasks are taken up by another
 * @param retry before a task that failed is tried again; doubled with each failure
 * @param retryMax longest time before it is tried again
 * @param database where tasks are, for services without a data source of their own
 */
@Validated
@ConfigurationProperties("pacs.node-tasks")
public record NodeTaskProperties(
    @DefaultValue("2") @Min(1) @Max(64) int workers,
    @DefaultValue("500ms") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration poll,
    @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration lease,
    @DefaultValue("1s") @DurationMin(millis = 10) Duration retry,
    @DefaultValue("10m") @DurationMin(millis = 10) Duration retryMax,
    @DefaultValue @Valid @NotNull Database database) {

  /**
   * The database of the index.
   *
   * @param url JDBC URL
   * @param username its user
   * @param password of the user
   */
  public record Database(
      @DefaultValue("jdbc:postgresql://127.0.0.1:5432/pacs") @NotNull String url,
      @DefaultValue("pacs") @NotNull String username,
      @DefaultValue("") @NotNull String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return username + " at " + url;
    }
  }
}
