package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.regionalpacs.intake.GroupFlush;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "intake",
    description = "What durable storing costs: flushes of a series' folder shared, and not.",
    mixinStandardHelpOptions = true)
final class IntakeCommand implements Callable<Integer> {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  @Mixin Output output;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      defaultValue = "bench/target",
      description = "Where to write: on the kind of disk to be measured (${DEFAULT-VALUE}).")
  Path work = Path.of("bench/target");

  @Option(
      names = "--associations",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,4,16",
      description = "So many send at a time (default: ${DEFAULT-VALUE}).")
  List<Integer> associations = List.of(1, 4, 16);

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "320",
      description = "Images in a round, of all associations (default: ${DEFAULT-VALUE}).")
  int images = 320;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      defaultValue = "525312",
      description = "Bytes of an image (default: ${DEFAULT-VALUE}, a CT slice).")
  int size = 525_312;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds that count; one more goes before them (default: ${DEFAULT-VALUE}).")
  int rounds = 7;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(work);
    String load = Machine.load();
    StringBuilder rows = new StringBuilder();
    try (WorkFolder folder = WorkFolder.in(work)) {
      for (int count : associations) {
        rows.append(row(folder.path(), count));
      }
      output.write(report(load, rows.toString(), Files.getFileStore(folder.path()).type()));
    }
    return 0;
  }

  private String row(Path folder, int count) throws IOException, InterruptedException {
    FlushTrial alone = new FlushTrial(folder, size);
    FlushTrial shared = new FlushTrial(folder, size);
    GroupFlush group = new GroupFlush(shared::flush, LONGEST_WAIT);
    Rates aloneRates = new Rates();
    Rates sharedRates = new Rates();
    int each = Math.max(1, images / count);
    for (int round = 0; round <= rounds; round++) {
      double aloneRate = alone.run(count, each, alone::flush);
      double sharedRate = shared.run(count, each, group::flush);
      if (round > 0) {
        aloneRates.add(aloneRate);
        sharedRates.add(sharedRate);
      }
    }
    double stored = (double) count * each * (rounds + 1);
    return "| %d | %s | %s | %.2f | %.2f |%n"
        .formatted(
            count,
            cell(aloneRates),
            cell(sharedRates),
            shared.flushes() / stored,
            sharedRates.ratioTo(aloneRates));
  }

  private static String cell(Rates rates) {
    return "%.0f (%.0f to %.0f)".formatted(rates.median(), rates.lowest(), rates.highest());
  }

  private String report(String loadBefore, String rows, String fileSystem) throws IOException {
    return """
    # Durable storing: flushes of the folder shared

    %s. Images of %d bytes, %d a round, all of one series; on %s. For each: write, flush the file, link
    it to its name, flush the folder (what the intake does), each association on a thread of its own.
    Alone: each flushes the folder itself. Shared: by `GroupFlush`. In turn, %d rounds count; images a
    second, median (lowest to highest); the ratio is the median of the ratios round by round.

    | associations | alone | shared | folder flushes an image, shared | shared is so many times as fast |
    |---:|---:|---:|---:|---:|
    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            size,
            images,
            fileSystem,
            rounds,
            rows,
            loadBefore,
            Machine.load(),
            Machine.describe(List.of()));
  }
}
