package org.regionalpacs.webworker.eviction;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.regionalpacs.nodes.BringBackStudy;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.nodes.PlannedTask;
import org.regionalpacs.webworker.eviction.EvictionQueue.Queued;
import org.regionalpacs.webworker.eviction.EvictionQueue.Wanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plans what nodes evict and bring back. One process at a time; a node has one task of evicting at
 * a time, and tells how much room it has when that has ended.
 */
final class EvictionPlanning {
  private static final Logger LOG = LoggerFactory.getLogger(EvictionPlanning.class);

  private final EvictionQueue queue;
  private final TransactionTemplate transaction;
  private final NodeTaskPlanner tasks;
  private final EvictionPlanProperties properties;
  private final MeterRegistry meters;

  /** Nodes that are short of room and have nothing that may go: told once. */
  private final Set<String> shortOfRoom = new HashSet<>();

  EvictionPlanning(
      EvictionQueue queue,
      TransactionTemplate transaction,
      NodeTaskPlanner tasks,
      EvictionPlanProperties properties,
      MeterRegistry meters) {
    this.queue = queue;
    this.transaction = transaction;
    this.tasks = tasks;
    this.properties = properties;
    this.meters = meters;
  }

  /** Nodes that are short of room and have nothing that may go. */
  int shortOfRoom() {
    return shortOfRoom.size();
  }

  /**
   * Looks at all nodes. What is planned, and what is remembered of it, is written or not at all.
   */
  void turn() {
    transaction.executeWithoutResult(_ -> {
      if (!queue.planAlone()) {
        return;
      }
      for (NodeRoom node : queue.nodes(properties.awayAfter())) {
        if (properties.enabled() && !node.evicting()) {
          evict(node);
        }
        bringBack(node);
      }
    });
  }

  private void evict(NodeRoom node) {
    long wanted = node.wanted(properties);
    List<Queued> chosen = wanted > 0 ? forRoom(node, wanted) : forAge(node);
    if (!chosen.isEmpty()) {
      tasks.plan(
          PlannedTask.now(
              node.node(),
              EvictStudies.KIND,
              UUID.randomUUID().toString(),
              new EvictStudies(
                  chosen.stream()
                      .map(each -> new EvictStudies.Study(each.tenant(), each.study()))
                      .toList())));
      chosen.forEach(each -> queue.rest(node.node(), each, rest()));
      meters.counter("pacs.eviction.planned").increment(chosen.size());
      LOG.info(
          "Node {} is to evict {} studies: {} bytes are free of {}",
          node.node(),
          chosen.size(),
          node.free(),
          node.total());
    }
    tellIfShort(node, wanted > 0 && chosen.isEmpty());
  }

  private List<Queued> forRoom(NodeRoom node, long wanted) {
    List<Queued> chosen = new ArrayList<>();
    long bytes = 0;
    for (Queued each : queue.longestUnused(node.node(), properties.minAge(), properties.batch())) {
      if (bytes >= wanted) {
        break;
      }
      chosen.add(each);
      bytes += each.bytes();
    }
    return chosen;
  }

  private List<Queued> forAge(NodeRoom node) {
    if (!properties.maxAge().isPositive()) {
      return List.of();
    }
    Duration age =
        properties.maxAge().compareTo(properties.minAge()) > 0
            ? properties.maxAge()
            : properties.minAge();
    return queue.longestUnused(node.node(), age, properties.batch());
  }

  /** How long from now its place in the queue is, so that it has its turn again after the retry. */
  private Duration rest() {
    return properties.retry().minus(properties.minAge());
  }

  private void tellIfShort(NodeRoom node, boolean nothingToEvict) {
    if (!nothingToEvict) {
      shortOfRoom.remove(node.node());
    } else if (shortOfRoom.add(node.node())) {
      LOG.warn(
          "Node {} is short of room ({} bytes free of {}), and no study may be evicted there:"
              + " all are pinned, were used within {}, or could not go when last tried",
          node.node(),
          node.free(),
          node.total(),
          properties.minAge());
    }
  }

  private void bringBack(NodeRoom node) {
    List<Wanted> all = queue.wanted(node.node(), properties.batch());
    // It has told of its room before what was planned came back.
    NodeRoom room = all.isEmpty() ? node : node.less(queue.comingBack(node.node()));
    for (Wanted wanted : all) {
      Queued study = wanted.study();
      boolean allowed =
          wanted.pinned() || properties.bringBack() && room.hasRoomFor(study.bytes(), properties);
      if (allowed) {
        room = room.less(study.bytes());
        tasks.planAnew(
            PlannedTask.now(
                node.node(),
                BringBackStudy.KIND,
                study.tenant() + "/" + study.study(),
                new BringBackStudy(study.tenant(), study.study())));
        LOG.info("{}: {} is to be brought back", study.tenant(), study.study());
      } else {
        meters.counter("pacs.eviction.not.brought.back").increment();
      }
      queue.settled(node.node(), study);
    }
  }
}
