package org.regionalpacs.storage.fastdfs;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the FastDFS cluster is reached ({@code pacs.fastdfs}).
 *
 * @param trackers all of them, {@code host:port} each
 * @param group the group to upload to; empty lets the tracker choose
 * @param connectTimeout for a TCP connection
 * @param ioTimeout how long a peer may send or take nothing
 * @param deadline for a whole operation with its retries, beside the time that {@code minimumRate}
 *     allows for its bytes; reads have one of their own
 * @param readDeadline until bytes come, or more of them, with all retries: for that long a reader
 *     waits when the cluster hangs. A server that sends nothing for a third of it is left for
 *     another.
 * @param minimumRate bytes a second that a put may not stay below
 * @param attempts how often an operation is tried
 * @param pause after the first failed attempt; it doubles each time
 * @param settledAfter the age from which a file is on every active storage of its group, so that
 *     they can prove that it is missing without the storage that received it
 * @param spool folder for content that comes as a stream, until it is uploaded
 * @param spoolLimit bytes that may be there at once
 * @param orphans folder for possible orphans until the database takes them
 */
@Validated
@ConfigurationProperties("pacs.fastdfs")
public record FastDfsProperties(
    @NotEmpty List<@Pattern(regexp = "[A-Za-z0-9._-]+:[0-9]{1,5}") String> trackers,
    @DefaultValue("") @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{0,16}") String group,
    @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration connectTimeout,
    @DefaultValue("30s") @DurationMin(millis = 10) @DurationMax(minutes = 10) Duration ioTimeout,
    @DefaultValue("2m") @DurationMin(millis = 100) @DurationMax(hours = 1) Duration deadline,
    @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(hours = 1) Duration readDeadline,
    @DefaultValue("1MB") @NotNull DataSize minimumRate,
    @DefaultValue("4") @Min(1) @Max(100) int attempts,
    @DefaultValue("200ms") @DurationMin(millis = 1) @DurationMax(minutes = 1) Duration pause,
    @DefaultValue("1d") @DurationMin(seconds = 0) Duration settledAfter,
    @DefaultValue("data/fastdfs-spool") @NotNull Path spool,
    @DefaultValue("8GB") @NotNull DataSize spoolLimit,
    @DefaultValue("data/fastdfs-orphans") @NotNull Path orphans) {

  Optional<String> uploadGroup() {
    return group.isEmpty() ? Optional.empty() : Optional.of(group);
  }

  List<HostPort> trackerAddresses() {
    return trackers.stream().map(HostPort::parse).toList();
  }

  /** How long a server may send nothing of what is read. */
  Duration readTimeout() {
    Duration third = readDeadline.dividedBy(3);
    return third.compareTo(ioTimeout) < 0 ? third : ioTimeout;
  }

  /** When a read without bytes has failed. */
  Deadline forRead() {
    return Deadline.after(readDeadline);
  }

  /** When an operation that moves this many bytes must have ended. */
  Deadline deadlineFor(long bytes) {
    long rate = Math.max(1, minimumRate.toBytes());
    return Deadline.after(deadline.plusSeconds(bytes / rate));
  }
}
