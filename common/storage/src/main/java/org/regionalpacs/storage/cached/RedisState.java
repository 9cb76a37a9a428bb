package org.regionalpacs.storage.cached;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis is set up as a cache, and has room; each trouble is logged once. */
final class RedisState {
  private static final Logger LOG = LoggerFactory.getLogger(RedisState.class);

  private volatile Map<String, String> settings = Map.of();
  private volatile Optional<String> unfit = Optional.empty();
  private volatile Optional<String> refusal = Optional.empty();

  /** Takes in the answer to {@code INFO memory}. */
  synchronized void seen(String info) {
    Map<String, String> found = new TreeMap<>();
    info.lines()
        .map(line -> line.strip().split(":", 2))
        .filter(field -> field.length == 2 && field[0].startsWith("maxmemory"))
        .forEach(field -> found.put(field[0], field[1]));
    settings = Map.copyOf(found);
    Optional<String> now =
        unfitness(found.getOrDefault("maxmemory", ""), found.getOrDefault("maxmemory_policy", ""));
    if (!now.equals(unfit)) {
      now.ifPresent(reason -> LOG.warn("Redis isn't set up as a cache: {}", reason));
    }
    unfit = now;
  }

  private static Optional<String> unfitness(String memory, String policy) {
    if (memory.equals("0")) {
      return Optional.of("it has no maxmemory");
    }
    // Those that don't say (INFO is forbidden, or another product) may be fine.
    return policy.isEmpty() || policy.startsWith("allkeys-")
        ? Optional.empty()
        : Optional.of("maxmemory-policy is " + policy + ", not allkeys-lfu");
  }

  /** Redis didn't take a value. */
  synchronized void refused(String reason) {
    if (refusal.isEmpty()) {
      LOG.warn("Redis doesn't take what is to be cached: {}", reason);
    }
    refusal = Optional.of(reason);
  }

  /** Redis took a value. */
  void took() {
    if (refusal.isPresent()) {
      synchronized (this) {
        refusal = Optional.empty();
        LOG.info("Redis takes values again");
      }
    }
  }

  /** What is wrong; empty when it is fine. */
  Optional<String> trouble() {
    return refusal.or(() -> unfit);
  }

  /** What it said of its memory. */
  Map<String, String> settings() {
    return settings;
  }
}
