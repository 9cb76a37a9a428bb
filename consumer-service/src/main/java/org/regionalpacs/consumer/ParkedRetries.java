package org.regionalpacs.consumer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Tries parked records again, for each step whose listener runs here. A process that dies leaves
 * its records to the others when its lease ends.
 */
@Component
class ParkedRetries implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ParkedRetries.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofMinutes(15);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int BATCH = 20;

  private final List<Step> steps;
  private final StepRunner runner;
  private final ParkedRecords parked;
  private final ParkingProperties properties;
  private final KafkaListenerEndpointRegistry listeners;
  private final Map<String, AtomicLong> waiting = new HashMap<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private List<Thread> threads = List.of();
  private volatile CountDownLatch stopped = new CountDownLatch(1);

  ParkedRetries(
      List<Step> steps,
      StepRunner runner,
      ParkedRecords parked,
      ParkingProperties properties,
      KafkaListenerEndpointRegistry listeners,
      MeterRegistry meters) {
    this.steps = steps;
    this.runner = runner;
    this.parked = parked;
    this.properties = properties;
    this.listeners = listeners;
    for (Step step : steps) {
      AtomicLong count = new AtomicLong();
      waiting.put(step.group(), count);
      Gauge.builder("pacs.parked.records", count, AtomicLong::doubleValue)
          .description("Records that one step can't process now; each is tried again")
          .tag("group", step.group())
          .register(meters);
    }
  }

  @Override
  public synchronized void start() {
    stopped = new CountDownLatch(1);
    threads =
        steps.stream()
            .map(step ->
                Thread.ofVirtual().name("parked-" + step.group()).start(() -> keepTrying(step)))
            .toList();
  }

  private void keepTrying(Step step) {
    try {
      while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (listening(step)) {
          tryAll(step);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean listening(Step step) {
    return Optional.ofNullable(listeners.getListenerContainer(step.group()))
        .filter(MessageListenerContainer::isRunning)
        .isPresent();
  }

  private void tryAll(Step step) {
    try {
      List<ParkedRecord> due;
      do {
        due = parked.claim(step, BATCH, LEASE);
        if (!due.isEmpty()) {
          tryAgain(step, due);
        }
      } while (due.size() == BATCH && stopped.getCount() > 0);
      waiting.get(step.group()).set(parked.count(step.group()));
      failing.remove(step.group());
    } catch (Exception e) {
      if (failing.add(step.group())) {
        LOG.warn("{} can't look after its parked records: {}", step.group(), Causes.of(e));
      }
    }
  }

  /** Tries records again that are due. A blob store that is away is nobody's reason to give up. */
  void tryAgain(Step step, List<ParkedRecord> due) throws Exception {
    Map<StorageRecord, ParkedRecord> all =
        due.stream().collect(Collectors.toMap(ParkedRecord::record, Function.identity()));
    List<Postponed> failed;
    try {
      failed = runner.again(step, due.stream().map(ParkedRecord::record).toList());
    } catch (Exception outage) {
      // Not their fault: they needn't wait for the end of the lease.
      due.forEach(
          one -> parked.postpone(step.group(), one.record(), one.attempts(), Causes.of(outage)));
      throw outage;
    }
    List<DeadLetter> hopeless = new ArrayList<>();
    for (Postponed again : failed) {
      ParkedRecord record = all.get(again.record());
      if (!again.storeAway()
          && record.since().plus(properties.giveUpAfter()).isBefore(Instant.now())) {
        String cause =
            "given up after %d attempts since %s: %s"
                .formatted(record.attempts() + 1, record.since(), again.cause());
        hopeless.add(new DeadLetter(again.record().record(), cause));
      } else {
        parked.postpone(step.group(), again.record(), record.attempts() + 1, again.cause());
        all.remove(again.record());
      }
    }
    runner.giveUp(step, hopeless);
    parked.remove(step.group(), List.copyOf(all.keySet()));
  }

  @Override
  public synchronized void stop() {
    stopped.countDown();
    for (Thread thread : threads) {
      try {
        if (!thread.join(STOP_LIMIT)) {
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        thread.interrupt();
        Thread.currentThread().interrupt();
      }
    }
    threads = List.of();
  }

  @Override
  public synchronized boolean isRunning() {
    return !threads.isEmpty();
  }
}
