package org.regionalpacs.standalone;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description = {
      "Let consumer-service process again what was received since a time.",
      "After PostgreSQL was restored from a backup: it then knows what came after the backup.",
      "What is known already isn't changed by it. Wants ./pacs up --separate."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

  @Mixin DataOption data;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      required = true,
      description = "Such as 2026-11-22T10:00:00Z; rather too early than too late.")
  String since;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instant begin = time();
    RunState state = data.running();
    if (!state.separate()) {
      throw new Complaint("consumer-service must stop for it: run ./pacs up --separate");
    }
    Child consumer =
        Child.of(data.folder(), state).stream()
            .filter(child -> child.name().equals(Service.CONSUMER.id()))
            .findFirst()
            .orElseThrow();
    Holds holds = new Holds(data.folder());
    holds.hold(consumer.name());
    try (GroupOffsets offsets = new GroupOffsets(Ports.LOOPBACK + ":" + state.kafka())) {
      awaitEnd(consumer);
      Map<String, Long> records = offsets.rewind(begin);
      records.forEach(
          (group, count) -> System.out.printf("%-10s %,d records again%n", group, count));
    } finally {
      holds.release(consumer.name());
    }
    return 0;
  }

  private Instant time() {
    try {
      return Instant.parse(since);
    } catch (DateTimeParseException e) {
      throw new Complaint("--since: '" + since + "' is no time such as 2026-11-22T10:00:00Z", e);
    }
  }

  private static void awaitEnd(Child consumer) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    for (OptionalLong pid = consumer.pid(); pid.isPresent(); pid = consumer.pid()) {
      if (System.nanoTime() > deadline) {
        throw new Complaint("consumer still runs");
      }
      Thread.sleep(100);
    }
  }
}
