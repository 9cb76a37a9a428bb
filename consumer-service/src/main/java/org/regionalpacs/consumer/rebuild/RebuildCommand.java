package org.regionalpacs.consumer.rebuild;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaFuture;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.messages.ConsumerLag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * {@code rebuild [--yes] [--forget-missing]} as arguments of this service: a rebuild where each
 * service runs for itself, with the settings that the service has there. It ends with 0 when the
 * index has everything that was found, 1 when something is missing in it or it could not be done, 2
 * when it was not confirmed.
 */
public final class RebuildCommand {
  private static final Logger LOG = LoggerFactory.getLogger(RebuildCommand.class);

  /** The first argument. */
  public static final String NAME = "rebuild";

  private static final String YES = "--yes";
  private static final String FORGET = "--forget-missing";
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int SECONDS = 30;

  /** Longer than nodes wait until they try again. */
  private static final Duration TELL = Duration.ofSeconds(40);

  private final Class<?> service;
  private final PrintStream out;
  private final long begin = System.nanoTime();
  private boolean told;

  /**
   * @param service whose settings are used
   * @param out for the operator
   */
  public RebuildCommand(Class<?> service, PrintStream out) {
    this.service = service;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param arguments behind {@link #NAME}; those that aren't its own are settings
   * @return the exit code
   */
  public int run(List<String> arguments) {
    if (!arguments.contains(YES)) {
      out.println(
          """
          Drops the index in PostgreSQL, and builds it again from the online files of this host, the archive and the
          journal of deletions. Stop consumer-, wado- and webworker-service first; storescp-service may go on taking images.
            rebuild --yes [--forget-missing]
          --forget-missing goes on although the index knows objects that are found nowhere any more, or nodes that are gone.\
          """);
      return USAGE;
    }
    List<String> settings = new ArrayList<>(arguments);
    settings.removeAll(List.of(YES, FORGET));
    Missing missing = arguments.contains(FORGET) ? Missing.FORGET : Missing.REFUSE;
    try {
      RebuildReport report =
          new RebuildRun(settings, missing)
              .run(new SpringApplication(service), new RebuildProgress(new Said()), this::check);
      report.summary(elapsed(), "the log").forEach(out::println);
      return report.troubles() == 0 ? 0 : FAILED;
    } catch (RebuildException e) {
      out.println(e.getMessage());
      return FAILED;
    } catch (RuntimeException e) {
      LOG.error("No rebuild", e);
      out.printf("The rebuild can't be done: %s. See to it, and run it again.%n", cause(e));
      return FAILED;
    }
  }

  private static Throwable cause(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .reduce(failure, (_, deeper) -> deeper);
  }

  private void check(ConfigurableApplicationContext context) throws RebuildException {
    requireNoConsumers(context);
    awaitNodes(context.getBean(JdbcTemplate.class));
  }

  /** In a database that is new nobody is known until he has told of himself. */
  private void awaitNodes(JdbcTemplate jdbc) throws RebuildException {
    if (told || jdbc.queryForObject("select exists (select 1 from online_node)", Boolean.class)) {
      return;
    }
    told = true;
    out.printf(
        "  a new database: waiting %d s for nodes to tell of themselves%n", TELL.toSeconds());
    try {
      Thread.sleep(TELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildException("Interrupted. Nothing was changed.", e);
    }
  }

  private String elapsed() {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begin) / 1e9);
  }

  private final class Said implements RebuildProgress.Lines {
    @Override
    public void say(String line) {
      out.println(line);
    }

    @Override
    public void step(String what, String detail) {
      out.printf("  %-11s %-32s %5s s%n", what, detail, elapsed());
    }
  }

  /** Who indexes or archives meanwhile would do so into an index that is being dropped. */
  private static void requireNoConsumers(ConfigurableApplicationContext context)
      throws RebuildException {
    Map<String, Integer> running = new TreeMap<>();
    try (Admin admin =
        Admin.create(context.getBean(KafkaAdmin.class).getConfigurationProperties())) {
      for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> group :
          admin.describeConsumerGroups(ConsumerLag.GROUPS).describedGroups().entrySet()) {
        int members = members(group.getValue());
        if (members > 0) {
          running.put(group.getKey(), members);
        }
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new RebuildException(
          "Kafka doesn't say whether consumer-service runs: %s. Nothing was changed.".formatted(e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildException("Interrupted. Nothing was changed.", e);
    }
    if (!running.isEmpty()) {
      throw new RebuildException(
          """
          Consumers are running: %s. Stop consumer-service, and wado- and webworker-service too; one that was killed
          counts for some seconds. Nothing was changed.\
          """
              .formatted(running));
    }
  }

  private static int members(KafkaFuture<ConsumerGroupDescription> group)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      return group.get(SECONDS, TimeUnit.SECONDS).members().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.GroupIdNotFoundException) {
        return 0;
      }
      throw e;
    }
  }
}
