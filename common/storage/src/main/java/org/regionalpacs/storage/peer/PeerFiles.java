package org.regionalpacs.storage.peer;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.OtherNodes;

/** The online files of other nodes, read by HTTP from the services that own them. */
final class PeerFiles implements OtherNodes {
  private final PeerClient client;
  private final MeterRegistry meters;

  PeerFiles(PeerClient client, MeterRegistry meters) {
    this.client = client;
    this.meters = meters;
  }

  @Override
  public Optional<InputStream> open(ObjectLocation place, long offset, long length)
      throws IOException {
    try {
      Optional<InputStream> found = ask(place, offset, length);
      count(found.isPresent() ? "found" : "missing");
      return found;
    } catch (IOException e) {
      count("failed");
      throw e;
    }
  }

  private Optional<InputStream> ask(ObjectLocation place, long offset, long length)
      throws IOException {
    String path = PeerPaths.of(place.node(), PeerPaths.ONLINE, place.blobId());
    if (length > 0) {
      return client.get(place.node(), path, offset, length, place.length());
    }
    return client
        .size(place.node(), path)
        .filter(size -> size == place.length())
        .map(_ -> InputStream.nullInputStream());
  }

  private void count(String outcome) {
    meters.counter("pacs.peer.reads", "outcome", outcome).increment();
  }

  @Override
  public boolean reaches(String node) {
    return client.reaches(node);
  }
}
