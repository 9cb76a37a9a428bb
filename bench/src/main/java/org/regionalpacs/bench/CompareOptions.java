package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of those that compare the product with other programs. */
final class CompareOptions {
  @Option(
      names = "--peer",
      paramLabel = "PROGRAM",
      description =
          "Compare with this one: ${COMPLETION-CANDIDATES}; may be repeated (default: all that are"
              + " installed and do this).")
  List<Peer> peers = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  int rounds = 3;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Where all of them have their folders (default: the system's temporary one).")
  Path work = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the results go (default: bench/results, by the name of the command).")
  Optional<Path> out = Optional.empty();

  /** Who takes part, and who doesn't. */
  record Field(List<Peer> peers, List<String> leftOut) {}

  /**
   * Those that were named, or all that do the work, without those that aren't installed.
   *
   * @throws IOException when one was named that doesn't do the work
   */
  Field field(Collection<Peer> able) throws IOException {
    for (Peer peer : peers) {
      if (!able.contains(peer)) {
        throw new IOException("%s doesn't do that; these do: %s".formatted(peer.shown(), able));
      }
    }
    List<Peer> found = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Peer peer : peers.isEmpty() ? able : peers.stream().distinct().toList()) {
      if (peer.installed().isPresent()) {
        found.add(peer);
      } else {
        leftOut.add(
            "%s is left out: it isn't installed (Debian's %s)"
                .formatted(peer.shown(), peer.debianPackage()));
      }
    }
    return new Field(found, leftOut);
  }

  /** Where results of that name go. */
  Optional<Path> results(String name) {
    return out.or(() ->
        Optional.ofNullable(System.getProperty(Product.HOME))
            .map(home -> Path.of(home, "bench", "results", name + ".md")));
  }
}
