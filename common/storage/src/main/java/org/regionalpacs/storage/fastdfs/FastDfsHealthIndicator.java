package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up when a tracker answers an active test and names a storage for uploads that answers one too;
 * all trackers are asked. The client's lists of groups and storages fail with current servers.
 */
public final class FastDfsHealthIndicator implements HealthIndicator {
  private static final String UP = "up";
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final FastDfsProperties settings;
  private final Attempts attempts;

  public FastDfsHealthIndicator(FastDfsProperties settings) {
    this.settings = settings;
    this.attempts = new Attempts(settings);
  }

  @Override
  public Health health() {
    Map<String, String> trackers = new ConcurrentSkipListMap<>();
    Map<String, String> storages = new ConcurrentSkipListMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      settings
          .trackerAddresses()
          .forEach(tracker -> threads.execute(() -> test(tracker, trackers, storages)));
    }
    boolean up = trackers.containsValue(UP) && storages.containsValue(UP);
    return (up ? Health.up() : Health.down())
        .withDetail("trackers", trackers)
        .withDetail("storages", storages)
        .build();
  }

  private void test(HostPort tracker, Map<String, String> trackers, Map<String, String> storages) {
    Deadline deadline = Deadline.after(LONGEST);
    trackers.put(tracker.toString(), tested(tracker, deadline));
    if (!UP.equals(trackers.get(tracker.toString()))) {
      return;
    }
    try {
      Client.Place place =
          attempts.run(deadline, client -> client.place(tracker, settings.uploadGroup()));
      storages.put(place.storage().toString(), tested(place.storage(), deadline));
    } catch (IOException e) {
      storages.put("named by " + tracker, e.getMessage());
    }
  }

  private String tested(HostPort server, Deadline deadline) {
    try {
      attempts.run(
          deadline,
          client -> {
            client.test(server);
            return true;
          });
      return UP;
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
