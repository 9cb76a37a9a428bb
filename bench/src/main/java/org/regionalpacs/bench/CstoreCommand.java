package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "cstore",
    description =
        "C-STORE receive, without fsync: DicomServer against DCMTK's storescp (+B --fork, "
            + "TCP_NODELAY=1), in turn, on several numbers of associations.",
    mixinStandardHelpOptions = true)
final class CstoreCommand implements Callable<Integer> {
  @Mixin InputFiles files;

  @Mixin Output output;

  @Option(
      names = "--associations",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,4",
      description = "Associations at a time (default: ${DEFAULT-VALUE}).")
  List<Integer> associations = List.of(1, 4);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  int rounds = 9;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "12",
      description = "Rounds before them, for the JVM to warm up (default: ${DEFAULT-VALUE}).")
  int warmUps = 12;

  @Option(
      names = "--receiver-option",
      paramLabel = "OPTION",
      description = "For the JVM of our receiver, such as one that starts a profiler.")
  List<String> receiverOptions = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    int most = associations.stream().mapToInt(Integer::intValue).max().orElse(1);
    try (WorkFolder work = files.workFolder()) {
      List<List<CtFile>> shares = files.shares(work.path(), most);
      String load = Machine.load();
      String tables = measure(work.path(), shares);
      output.write(report(work.path(), load, tables));
    }
    return 0;
  }

  private String measure(Path work, List<List<CtFile>> shares)
      throws IOException, InterruptedException {
    StringBuilder tables = new StringBuilder();
    try (Receiver plain =
            Receiver.ofPacs("DicomServer", work, Keeping.Care.PLAIN, receiverOptions);
        Receiver digest =
            Receiver.ofPacs(
                "DicomServer, SHA-256 and rename", work, Keeping.Care.DIGEST, List.of());
        Receiver dcmtk = Receiver.ofDcmtk("storescp", work);
        Receiver longPdus = Receiver.ofDcmtk("storescp --max-pdu 131072", work, "-pdu", "131072")) {
      CstoreBench bench = new CstoreBench(List.of(plain, dcmtk, longPdus, digest), warmUps, rounds);
      for (Sender sender : List.of(new PacsSender(), new DcmtkSender())) {
        for (int count : associations) {
          Map<Receiver, Rates> rates = bench.run(sender, shares.subList(0, count));
          tables.append(CstoreTable.of(sender, count, rates));
        }
      }
    }
    return tables.toString();
  }

  private String report(Path work, String loadBefore, String tables) throws IOException {
    return """
    # C-STORE receive without fsync

    %s. %s an association, written to %s. Each round sends to every receiver in turn, %d rounds
    warm up, %d count. Rates are medians in images a second (lowest to highest); a ratio is the median
    of the ratios round by round.

    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            files.description(),
            Files.getFileStore(work).type(),
            warmUps,
            rounds,
            tables.strip() + "\n",
            loadBefore,
            Machine.load(),
            Machine.describe(List.of(Machine.firstLine("storescp", "--version"))));
  }
}
