package org.regionalpacs.wado.portal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the system is.
 *
 * @param services in alphabetical order
 * @param queues records that wait, by group and topic; empty when Kafka doesn't answer
 * @param volumes of this host
 */
public record SystemHealth(
    List<OfService> services, Optional<Map<String, Long>> queues, List<Volume> volumes) {

  public record OfService(String name, ServiceState state) {}

  /**
   * A volume of this host.
   *
   * @param name which store is on it
   * @param free bytes
   * @param size bytes
   */
  public record Volume(String name, long free, long size) {
    /** The part that is taken, 0 to 100. */
    public int taken() {
      return size == 0 ? 0 : (int) (100 - 100 * free / size);
    }

    /** The free bytes as people read them. */
    public String gigabytes() {
      return "%.1f".formatted(free / 1e9);
    }
  }

  /** Records that wait in all queues. */
  long waiting() {
    return queues.stream().flatMap(each -> each.values().stream()).mapToLong(Long::longValue).sum();
  }

  /** Whether everything is well. */
  boolean well() {
    return queues.isPresent()
        && services.stream().allMatch(service -> service.state() == ServiceState.UP);
  }
}
