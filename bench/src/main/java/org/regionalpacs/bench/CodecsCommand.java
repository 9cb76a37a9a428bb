package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "codecs",
    description = "Encoding and decoding frames, against DCMTK's and OpenJPEG's programs.",
    mixinStandardHelpOptions = true)
final class CodecsCommand implements Callable<Integer> {
  @Mixin Output output;

  @Option(
      names = "--frames",
      paramLabel = "N",
      defaultValue = "24",
      description = "Frames a round (default: ${DEFAULT-VALUE}).")
  int frames = 24;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      defaultValue = "512",
      description = "Rows and columns of a frame (default: ${DEFAULT-VALUE}).")
  int side = 512;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  int rounds = 7;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of the product before them (default: ${DEFAULT-VALUE}).")
  int warmUps = 3;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Where files are made (default: the system's temporary folder).")
  Path work = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  public Integer call() throws IOException {
    String load = Machine.load();
    StringBuilder tables = new StringBuilder();
    try (WorkFolder folder = WorkFolder.in(work)) {
      for (CodecFrames kind : CodecFrames.values()) {
        tables.append(table(kind, folder.path()));
      }
    }
    output.write(report(load, tables.toString()));
    return 0;
  }

  private String table(CodecFrames kind, Path folder) throws IOException {
    List<Samples> samples = kind.make(frames, side);
    StringBuilder table = new StringBuilder("## %s%n%n".formatted(kind.text()));
    table.append(
        "| codec | smaller | encoded/s | against | ratio | decoded/s | against | ratio |\n");
    table.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
    for (CodecTrial trial : CodecTrial.all(kind)) {
      Path own = folder.resolve(kind + "-" + trial.syntax());
      table.append("| ").append(trial.name()).append(measure(trial, kind, samples, own));
    }
    return table.append('\n').toString();
  }

  private String measure(CodecTrial trial, CodecFrames kind, List<Samples> samples, Path folder)
      throws IOException {
    if (trial.missing().isPresent()) {
      return ": " + trial.missing().get() + " | | | | | | | |\n";
    }
    boolean peer = trial.tool().installed();
    ImageDescription image = samples.getFirst().image();
    Files.createDirectories(folder);
    kind.write(folder.resolve("native.dcm"), samples);
    trial.tool().prepare(kind, samples, folder);
    for (int i = 0; i < warmUps; i++) {
      trial.pass(image, folder, CodecTrial.Measured.none());
    }
    CodecTrial.Measured measured = CodecTrial.Measured.none();
    double smaller = 0;
    for (int i = 0; i < rounds; i++) {
      smaller = trial.pass(image, folder, measured);
      if (peer) {
        trial.toolPass(samples.size(), folder, measured);
      }
    }
    List<String> programs = trial.tool().programs();
    return " | %.2f | %s | %s |%n"
        .formatted(
            smaller,
            cells(measured.encoding(), measured.toolEncoding(), programs.get(0), peer),
            cells(measured.decoding(), measured.toolDecoding(), programs.get(1), peer));
  }

  private static String cells(Rates ours, Rates theirs, String program, boolean peer) {
    return peer
        ? "%.0f | `%s` %.0f | %.2f"
            .formatted(ours.median(), program, theirs.median(), ours.ratioTo(theirs))
        : "%.0f | `%s` isn't installed |".formatted(ours.median(), program);
  }

  private String report(String loadBefore, String tables) throws IOException {
    List<String> programs = new ArrayList<>();
    for (Availability library : ForeignCodecs.availability()) {
      programs.add(library.library() + ": " + library.detail());
    }
    if (CodecTool.isInstalled("dcmcjpls")) {
      programs.add(Machine.firstLine("dcmcjpls", "--version"));
    }
    return """
    # Encoding and decoding frames

    %s. %d made frames of %d x %d pixels, one thread each, in turn; %d rounds count, after %d of the product to warm up.
    Rates are medians in frames a second; a ratio is the median of the ratios round by round, above 1 where the product is
    the faster one. Both read and write files, which stay in the page cache: DCMTK's programs one object, opj_compress and opj_decompress
    pictures. They have all frames in one run; the time of a run with one frame of 32 x 32 pixels, their start, is taken off.

    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            frames,
            side,
            side,
            rounds,
            warmUps,
            tables.strip() + "\n",
            loadBefore,
            Machine.load(),
            Machine.describe(programs));
  }
}
