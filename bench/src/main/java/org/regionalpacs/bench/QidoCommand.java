package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "qido",
    description =
        "Searches over HTTP on a large index, and on a small one of our own, in turn: whether they"
            + " stay as fast.",
    mixinStandardHelpOptions = true)
final class QidoCommand implements Callable<Integer> {
  @Mixin Output output;

  @Option(
      names = "--studies",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Studies in the large index (default: ${DEFAULT-VALUE}).")
  int studies = 1_000_000;

  @Option(
      names = "--small",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Studies in the small one (default: ${DEFAULT-VALUE}).")
  int small = 10_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  int rounds = 15;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "10",
      description = "Rounds before them (default: ${DEFAULT-VALUE}).")
  int warmUps = 10;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Where the services have their folders (default: the temporary one).")
  Path work = Path.of(System.getProperty("java.io.tmpdir"));

  private record Times(Rates large, Rates small) {}

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Files.createDirectories(work);
    try (WorkFolder folder = WorkFolder.in(work);
        QidoService less = QidoService.start(folder.path(), small);
        QidoService more = QidoService.start(folder.path(), studies)) {
      String load = Machine.load();
      Map<QidoQuery, Times> times = new LinkedHashMap<>();
      for (QidoQuery query : QidoQuery.ALL) {
        times.put(query, measure(query, more, less));
      }
      output.write(report(load, times));
    }
    return 0;
  }

  private Times measure(QidoQuery query, QidoService more, QidoService less)
      throws IOException, InterruptedException {
    Times times = new Times(new Rates(), new Rates());
    for (int round = 0; round < warmUps + rounds; round++) {
      double large = more.ask(query.path().apply(more));
      double little = less.ask(query.path().apply(less));
      if (round >= warmUps) {
        times.large().add(large);
        times.small().add(little);
      }
    }
    return times;
  }

  private String report(String loadBefore, Map<QidoQuery, Times> times) throws IOException {
    StringBuilder table = new StringBuilder();
    times.forEach((query, each) ->
        table.append(
            "| %s | %s | %s | %.2f |%n"
                .formatted(
                    query.name(),
                    millis(each.large()),
                    millis(each.small()),
                    each.large().ratioTo(each.small()))));
    return """
    # Searches on a large index

    %s. QIDO-RS over HTTP, one client, the whole answer read; wado-service and PostgreSQL (small default
    buffers, no fsync) on the same machine. Compared with nobody else: both indexes are ours, one of %,d studies and one of
    %,d, asked in turn, so the ratio says whether searches stay as fast as the archive grows. Milliseconds,
    median (lowest to highest) of %d rounds after %d that warm up (10 s and more: given up by the service); a ratio is the median of the ratios round by round.

    | search | %,d studies | %,d studies | large takes so many times as long |
    |---|---:|---:|---:|
    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            studies,
            small,
            rounds,
            warmUps,
            studies,
            small,
            table,
            loadBefore,
            Machine.load(),
            Machine.describe(List.of()));
  }

  private static String millis(Rates times) {
    return String.format(
        Locale.ROOT, "%.1f (%.1f to %.1f)", times.median(), times.lowest(), times.highest());
  }
}
