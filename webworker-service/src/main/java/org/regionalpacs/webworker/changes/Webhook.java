package org.regionalpacs.webworker.changes;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.index.Change;
import org.regionalpacs.index.ChangeFeed;
import org.regionalpacs.index.ChangeFeed.Extent;
import org.regionalpacs.webworker.changes.WebhookProperties.Target;
import org.regionalpacs.webworker.changes.WebhookTable.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells one target of changes: each at least once, in order, none before the one before it was
 * taken. A target that fails rests, longer each time, and misses nothing.
 */
final class Webhook {
  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Target target;
  private final WebhookProperties properties;
  private final ChangeFeed feed;
  private final WebhookTable table;
  private final WebhookRequest request;
  private final AtomicLong behind = new AtomicLong();
  private final Counter failures;

  Webhook(
      Target target,
      WebhookProperties properties,
      ChangeFeed feed,
      WebhookTable table,
      MeterRegistry meters) {
    this.target = target;
    this.properties = properties;
    this.feed = feed;
    this.table = table;
    this.request = new WebhookRequest(target, properties.timeout());
    this.failures =
        Counter.builder("pacs.webhook.failures")
            .description("Requests to a webhook that failed")
            .tag("webhook", target.name())
            .register(meters);
    Gauge.builder("pacs.webhook.behind", behind, AtomicLong::get)
        .description("Changes that a webhook, when it was looked at last, was still to be told")
        .tag("webhook", target.name())
        .register(meters);
  }

  /** For logs. */
  String name() {
    return target.name();
  }

  /**
   * What is posted.
   *
   * @param missed whether changes before these are missing, because they are no longer kept
   */
  private record Body(
      @JsonProperty("webhook") String webhook,
      @JsonProperty("missed") boolean missed,
      @JsonProperty("changes") List<Change> changes,
      @JsonProperty("next") long next) {}

  /** Tells all there is to tell, unless another process does. */
  void turn() throws InterruptedException {
    table.know(target.name());
    try {
      Optional<State> state = table.take(target.name(), lease());
      while (state.isPresent() && page(state.get())) {
        state = table.take(target.name(), lease());
      }
    } finally {
      // Also when this service stops in the middle: another needn't wait for the lease to end.
      table.leave(target.name());
    }
  }

  /** Nobody else begins while a request may still be under way. */
  private Duration lease() {
    return properties.timeout().multipliedBy(2).plusSeconds(30);
  }

  /**
   * @return whether there may be more
   */
  private boolean page(State state) throws InterruptedException {
    Extent extent = feed.extent();
    boolean missed = state.sequence() < extent.forgotten();
    long start = Math.max(state.sequence(), extent.forgotten());
    List<Change> changes = changes(start);
    boolean full = changes.size() == properties.batch();
    long next = full ? changes.getLast().sequence() : Math.max(extent.last(), last(changes, start));
    behind.set(Math.max(0, extent.last() - state.sequence()));
    if ((missed || !changes.isEmpty()) && !post(new Body(name(), missed, changes, next), state)) {
      return false;
    }
    boolean mine = next == state.sequence() || table.told(target.name(), next);
    behind.set(Math.max(0, extent.last() - next));
    return mine && full;
  }

  private static long last(List<Change> changes, long start) {
    return changes.isEmpty() ? start : changes.getLast().sequence();
  }

  private List<Change> changes(long start) {
    return target.tenant().isEmpty()
        ? feed.afterOfAll(start, properties.batch())
        : feed.after(target.tenant(), start, properties.batch());
  }

  private boolean post(Body body, State state) throws InterruptedException {
    if (body.missed()) {
      LOG.error(
          "Webhook {} was away for so long that changes it wasn't told are no longer kept: it must"
              + " read everything anew",
          target);
    }
    try {
      request.post(JSON.writeValueAsBytes(body));
      if (state.failures() > 0) {
        LOG.info("Webhook {} answers again", target);
      }
      return true;
    } catch (IOException e) {
      Duration rest = properties.restAfter(state.failures() + 1);
      failures.increment();
      if (state.failures() == 0) {
        LOG.warn("Webhook {} fails, and is tried again in {}: {}", target, rest, e.toString());
      }
      table.failed(target.name(), rest);
      return false;
    }
  }
}
