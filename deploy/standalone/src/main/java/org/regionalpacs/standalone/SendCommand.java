package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.SendFiles;
import org.regionalpacs.dicom.net.SendOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    description = "Send DICOM files and folders by C-STORE, each in the encoding it has.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all were stored", "1:some weren't", "3:the product isn't running"})
final class SendCommand implements Callable<Integer> {
  private static final int REASONS_SHOWN = 20;

  @Mixin Peer peer;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  List<Path> paths;

  @Option(
      names = "--associations",
      paramLabel = "N",
      defaultValue = "4",
      description = "Associations at a time (default: ${DEFAULT-VALUE}).")
  int associations = 4;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RemoteAe remote = peer.remote();
    paths.stream()
        .filter(path -> !Files.exists(path))
        .findFirst()
        .ifPresent(path -> {
          throw new Complaint(path + " doesn't exist");
        });
    List<Path> found = SendFiles.find(paths);
    List<Path> files = new ArrayList<>(found.size());
    for (Path file : found) {
      if (looksLikeDicom(file)) {
        files.add(file);
      }
    }
    long begin = System.nanoTime();
    Progress progress = Progress.toUser(files.size());
    List<SendOutcome> outcomes =
        sender(remote).send(files, (outcome, done, total) -> progress.done(done));
    progress.end();
    return report(remote, outcomes, found.size() - files.size(), (System.nanoTime() - begin) / 1e9);
  }

  private SendFiles sender(RemoteAe remote) {
    try {
      SendFiles sender = new SendFiles(remote, peer.from, associations, ScuOptions.DEFAULT);
      Runtime.getRuntime().addShutdownHook(new Thread(sender::cancel, "cancel"));
      return sender;
    } catch (IllegalArgumentException e) {
      throw new Complaint(e.getMessage(), e);
    }
  }

  private static int report(
      RemoteAe remote, List<SendOutcome> outcomes, int skipped, double seconds) {
    long bytes = 0;
    int stored = 0;
    Map<String, List<Path>> failed = new LinkedHashMap<>();
    for (SendOutcome outcome : outcomes) {
      if (outcome.stored()) {
        stored++;
      } else {
        failed.computeIfAbsent(outcome.text(), reason -> new ArrayList<>()).add(outcome.file());
      }
      if (outcome instanceof SendOutcome.Answered answered) {
        bytes += answered.bytes();
      }
    }
    System.out.printf(
        "%d of %d files stored by %s in %.1f s (%.1f MB, %.0f files/s)%n",
        stored, outcomes.size(), remote, seconds, bytes / 1e6, outcomes.size() / seconds);
    if (skipped > 0) {
      System.out.printf("%d files skipped: not DICOM%n", skipped);
    }
    failed.entrySet().stream()
        .limit(REASONS_SHOWN)
        .forEach(entry ->
            System.out.printf(
                "%d failed: %s%n    such as %s%n",
                entry.getValue().size(), entry.getKey(), entry.getValue().getFirst()));
    if (failed.size() > REASONS_SHOWN) {
      System.out.printf("and %d other reasons%n", failed.size() - REASONS_SHOWN);
    }
    return failed.isEmpty() ? 0 : Complaint.FAILED;
  }

  /**
   * A Part 10 file, or a bare data set as old software leaves it: it begins with group 0002-0008.
   */
  private static boolean looksLikeDicom(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(132);
    }
    if (head.length == 132
        && head[128] == 'D'
        && head[129] == 'I'
        && head[130] == 'C'
        && head[131] == 'M') {
      return true;
    }
    boolean group = head.length >= 8 && head[1] == 0 && (head[0] == 2 || head[0] == 8);
    return group && head[3] == 0;
  }
}
