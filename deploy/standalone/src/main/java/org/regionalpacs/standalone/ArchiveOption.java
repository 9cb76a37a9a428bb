package org.regionalpacs.standalone;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where archived images go. What a start says is remembered for the next ones. */
final class ArchiveOption {
  private static final Pattern TRACKER = Pattern.compile("[A-Za-z0-9._-]+:([0-9]{1,5})");
  private static final int LAST_PORT = 65535;

  @Option(
      names = "--blob-store",
      paramLabel = "STORE",
      description = {
        "Where archived images go: local (a folder of the data folder) or fastdfs",
        "(default: as at the last start, at first local)."
      })
  Optional<ArchiveChoice.Store> store = Optional.empty();

  @Option(
      names = "--fastdfs-trackers",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "All trackers of the FastDFS cluster, separated by commas.")
  List<String> trackers = List.of();

  /**
   * What was chosen now or at an earlier start; empty leaves it to {@code pacs.yml}, the
   * environment and the default.
   *
   * @throws Complaint when it can't be
   */
  Optional<ArchiveChoice> choice(DataFolder folder) {
    trackers.forEach(ArchiveOption::require);
    Optional<ArchiveChoice> before = ArchiveChoice.read(folder);
    if (store.isEmpty() && trackers.isEmpty()) {
      return before;
    }
    List<String> known =
        trackers.isEmpty() ? before.map(ArchiveChoice::trackers).orElse(List.of()) : trackers;
    ArchiveChoice choice =
        new ArchiveChoice(
            store.or(() -> before.map(ArchiveChoice::store)).orElse(ArchiveChoice.Store.LOCAL),
            known);
    if (store.isEmpty() && choice.store() == ArchiveChoice.Store.LOCAL) {
      throw new Complaint("--fastdfs-trackers goes with --blob-store fastdfs", Complaint.USAGE);
    }
    if (choice.store() == ArchiveChoice.Store.FASTDFS && known.isEmpty()) {
      throw new Complaint(
          "--blob-store fastdfs wants --fastdfs-trackers host:port,...", Complaint.USAGE);
    }
    return Optional.of(choice);
  }

  private static void require(String tracker) {
    var matcher = TRACKER.matcher(tracker);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > LAST_PORT) {
      throw new Complaint(
          "--fastdfs-trackers: '%s' isn't host:port".formatted(tracker), Complaint.USAGE);
    }
  }
}
