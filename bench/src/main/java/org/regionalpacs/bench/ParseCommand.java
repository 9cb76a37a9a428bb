package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.regionalpacs.bench.Parser.Extent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "parse",
    description = "Reading Part 10 files: DicomInputStream against pydicom and DCMTK's dcmdump.",
    mixinStandardHelpOptions = true)
final class ParseCommand implements Callable<Integer> {
  @Mixin InputFiles files;

  @Mixin Output output;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  int rounds = 9;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds before them (default: ${DEFAULT-VALUE}).")
  int warmUps = 5;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "/usr/bin/python3",
      description = "The interpreter that has pydicom (default: ${DEFAULT-VALUE}).")
  String python = "/usr/bin/python3";

  @Override
  public Integer call() throws IOException {
    try (WorkFolder work = files.workFolder()) {
      List<Path> paths = files.paths(work.path(), files.images);
      String load = Machine.load();
      StringBuilder tables = new StringBuilder();
      for (Extent extent : Extent.values()) {
        tables.append(table(extent, measure(paths, extent)));
      }
      output.write(report(load, tables.toString()));
    }
    return 0;
  }

  private Map<Parser, Rates> measure(List<Path> paths, Extent extent) throws IOException {
    Map<Parser, Rates> rates = new LinkedHashMap<>();
    List<Parser> parsers =
        List.of(new Parser.Pacs(), new Parser.Pydicom(python), new Parser.Dcmdump());
    parsers.forEach(parser -> rates.put(parser, new Rates()));
    for (int i = 0; i < warmUps; i++) {
      parsers.getFirst().pass(paths, extent);
    }
    for (int i = 0; i < rounds; i++) {
      for (Parser parser : parsers) {
        rates.get(parser).add(parser.pass(paths, extent));
      }
    }
    return rates;
  }

  private static String table(Extent extent, Map<Parser, Rates> rates) {
    Rates first = rates.values().iterator().next();
    StringBuilder table = new StringBuilder();
    table.append(
        switch (extent) {
          case HEADER -> "## Header only, up to the pixel data%n%n".formatted();
          case FULL -> "## Everything, pixels into memory%n%n".formatted();
        });
    table.append("| reader | files/s | lowest to highest | DicomInputStream is |%n".formatted());
    table.append("|---|---:|---:|---:|%n".formatted());
    rates.forEach((parser, rate) ->
        table.append(
            "| %s | %.0f | %.0f to %.0f | %s |%n"
                .formatted(
                    parser.name(),
                    rate.median(),
                    rate.lowest(),
                    rate.highest(),
                    rate == first ? "" : "%.1f times as fast".formatted(first.ratioTo(rate)))));
    return table.append('\n').toString();
  }

  private String report(String loadBefore, String tables) throws IOException {
    return """
    # Reading Part 10 files

    %s. %s, in the page cache, one thread each, in turn; %d rounds count. DicomInputStream had %d rounds
    to warm up, pydicom one in each process; the start of Python isn't counted, that of dcmdump is (once
    a round). DicomInputStream and pydicom leave values encoded until they are asked for; dcmdump
    prints all of them. Rates are medians in files a second; a ratio is the median of the ratios
    round by round.

    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            files.description(),
            rounds,
            warmUps,
            tables.strip() + "\n",
            loadBefore,
            Machine.load(),
            Machine.describe(
                List.of(
                    Machine.firstLine("dcmdump", "--version"),
                    "pydicom "
                        + Machine.firstLine(
                            python, "-c", "import pydicom; print(pydicom.__version__)"))));
  }
}
