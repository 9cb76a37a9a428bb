package org.regionalpacs.wado.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regionalpacs.index.StorageTier;
import org.regionalpacs.warehouse.statistics.Accesses;
import org.regionalpacs.warehouse.statistics.Conversions;
import org.regionalpacs.warehouse.statistics.Delays;
import org.regionalpacs.warehouse.statistics.HourRate;
import org.regionalpacs.warehouse.statistics.Received;
import org.regionalpacs.warehouse.statistics.Retrieve;

/** Statistics as they are sent: members by name, in their order. */
final class Entries {
  private static final int SECONDS_OF_HOUR = 3600;
  private static final List<Integer> PERCENTILES = List.of(50, 90, 95, 99);

  private Entries() {}

  /**
   * What was received.
   *
   * @param names of the group's values
   */
  static Map<String, Object> received(List<String> names, Received received) {
    Map<String, Object> entry = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      entry.put(names.get(i), received.group().get(i));
    }
    entry.put("Studies", received.studies());
    entry.put("Series", received.series());
    entry.put("Instances", received.instances());
    entry.put("Bytes", received.bytes());
    return entry;
  }

  /** An hour; of the one that isn't over, what came in a second up to now. */
  static Map<String, Object> rate(HourRate rate, Instant now) {
    Instant hour = rate.day().atTime(rate.hour(), 0).toInstant(ZoneOffset.UTC);
    long passed = Duration.between(hour, now).toSeconds();
    double seconds = Math.clamp(passed, 1, SECONDS_OF_HOUR);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("Hour", hour.toString());
    entry.put("Instances", rate.instances());
    entry.put("Bytes", rate.bytes());
    entry.put("InstancesPerSecond", thousandths(rate.instances() / seconds));
    entry.put("BytesPerSecond", Math.round(rate.bytes() / seconds));
    return entry;
  }

  private static double thousandths(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** Percentiles in milliseconds; one that is longer than a day is left out. */
  static Map<String, Object> delays(Delays delays) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("Instances", delays.objects());
    for (int percent : PERCENTILES) {
      delays.percentile(percent).ifPresent(millis -> entry.put("P" + percent + "Millis", millis));
    }
    entry.put("LongerThanADay", delays.counts().getLast());
    return entry;
  }

  static Map<String, Object> delaysOfDay(Delays delays) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("Day", delays.day().toString());
    entry.putAll(delays(delays));
    return entry;
  }

  /** Requests without a group. */
  static Map<String, Object> accesses(Accesses accesses) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("Requests", accesses.requests());
    entry.put("Failures", accesses.failed());
    entry.put("Bytes", accesses.bytes());
    entry.put("LongestMillis", accesses.millis());
    return entry;
  }

  /**
   * Requests.
   *
   * @param name of the group
   */
  static Map<String, Object> accesses(String name, Accesses accesses) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(name, accesses.group());
    entry.putAll(accesses(accesses));
    return entry;
  }

  static Map<String, Object> retrieve(Retrieve retrieve) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("Time", retrieve.time().toString());
    entry.put("Operation", retrieve.operation());
    entry.put("User", retrieve.peer());
    entry.put("StudyInstanceUID", retrieve.study());
    entry.put("ServedFrom", retrieve.servedFrom());
    entry.put("Bytes", retrieve.bytes());
    entry.put("Millis", retrieve.millis());
    return entry;
  }

  static Map<String, Object> conversions(Conversions conversions) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("FromTransferSyntax", conversions.from());
    entry.put("ToTransferSyntax", conversions.to());
    entry.put("Outcome", conversions.outcome());
    entry.put("Conversions", conversions.conversions());
    entry.put("BytesBefore", conversions.bytesBefore());
    entry.put("BytesAfter", conversions.bytesAfter());
    entry.put("Millis", conversions.millis());
    return entry;
  }

  static Map<String, Object> tier(StorageTier tier) {
    boolean online = tier.store().equals("online");
    Map<String, Object> entry = new LinkedHashMap<>();
    if (online && tier.state().equals("evicted")) {
      entry.put("Tier", "evicted");
    } else if (online || tier.store().equals(StorageTier.DERIVED)) {
      entry.put("Tier", tier.store());
    } else {
      entry.put("Tier", "archive");
      entry.put("Store", tier.store());
    }
    if (!tier.node().isEmpty()) {
      entry.put("Node", tier.node());
    }
    entry.put("State", tier.state());
    entry.put("Objects", tier.objects());
    entry.put("Bytes", tier.bytes());
    return entry;
  }
}
