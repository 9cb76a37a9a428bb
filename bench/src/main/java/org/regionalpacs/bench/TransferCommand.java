package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.ForeignCodecs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "transfer",
    description = "Showing a series over slow lines, compressed and not.",
    mixinStandardHelpOptions = true)
final class TransferCommand implements Callable<Integer> {
  private static final double MEGABIT = 1e6;
  private static final double MEASURED_SECONDS = 2;
  private static final double CLOSE = 0.02;

  @Mixin Output output;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Images of the CT series; the MR series has twice as many (default: ${DEFAULT-VALUE}).")
  int images = 20;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description =
          "Rows and columns of MR images, half of those of CT (default: ${DEFAULT-VALUE}).")
  int side = 256;

  @Option(
      names = "--links",
      paramLabel = "MBIT/S",
      split = ",",
      defaultValue = "10,50,100",
      description = "Rates of the lines (default: ${DEFAULT-VALUE}).")
  List<Integer> links = List.of(10, 50, 100);

  @Option(
      names = "--delay",
      paramLabel = "MS",
      defaultValue = "20",
      description = "Time of a round trip (default: ${DEFAULT-VALUE}).")
  int delay = 20;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "6",
      description = "Requests at the same time (default: ${DEFAULT-VALUE}, as browsers have).")
  int connections = 6;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  int rounds = 5;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Where files are made (default: the system's temporary folder).")
  Path work = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  public Integer call() throws IOException {
    String load = Machine.load();
    StringBuilder text = new StringBuilder();
    for (int link : links) {
      double measured = ShapedLink.measure(link * MEGABIT, connections, MEASURED_SECONDS) / MEGABIT;
      boolean close = Math.abs(measured / link - 1) <= CLOSE;
      text.append(
          "- %d Mbit/s: %.2f measured%s%n"
              .formatted(
                  link, measured, close ? "" : ", which isn't within 2 %: too busy a machine"));
    }
    text.append('\n');
    try (WorkFolder folder = WorkFolder.in(work);
        TransferService service = TransferService.start(folder.path())) {
      for (TransferSeries series : TransferSeries.values()) {
        TransferTrial trial = TransferTrial.of(series, count(series), side, service, folder.path());
        text.append(tables(trial, service.port(), folder.path()));
      }
    }
    output.write(report(load, text.toString()));
    return 0;
  }

  private int count(TransferSeries series) {
    return series == TransferSeries.CT ? images : 2 * images;
  }

  private String tables(TransferTrial trial, int port, Path scratch) throws IOException {
    try (SeriesViewer near = new SeriesViewer(port, connections)) {
      trial.verify(near);
    }
    for (int round = 0; round < rounds; round++) {
      trial.encode(scratch);
    }
    StringBuilder text = new StringBuilder(trial.title());
    for (int link : links) {
      Map<TransferForm, TransferTrial.Times> times = new EnumMap<>(TransferForm.class);
      try (ShapedLink line = ShapedLink.to(port, link * MEGABIT, Duration.ofMillis(delay));
          SeriesViewer viewer = new SeriesViewer(line.port(), connections)) {
        for (int round = 0; round < rounds; round++) {
          trial.pass(viewer, times);
        }
      }
      text.append("### %d Mbit/s%n%n".formatted(link)).append(trial.table(times)).append('\n');
    }
    return text.toString();
  }

  private String report(String loadBefore, String text) throws IOException {
    List<String> programs = new ArrayList<>();
    for (Availability library : ForeignCodecs.availability()) {
      programs.add(library.library() + ": " + library.detail());
    }
    return """
    # A series over a slow line

    %s. Frames of series that a wado-service of this product has, over links shaped by a proxy of the benchmark; %d connections, a
    round trip of %d ms, %d decoding threads, %d rounds in turn. Seconds are medians, from the first request until an image is decoded: the first of the
    series, and the last. "Faster" is the median of the ratios to the original round by round: once with what was encoded before, as
    renditions are, and once with the time of encoding the whole series in one thread before the first byte.

    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            connections,
            delay,
            Runtime.getRuntime().availableProcessors(),
            rounds,
            text.strip() + "\n",
            loadBefore,
            Machine.load(),
            Machine.describe(programs));
  }
}
