package org.regionalpacs.storage.peer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.OtherNodes;

/** The online files of other nodes, read by HTTP from the services that own them. */
final class PeerFiles implements OtherNodes {
  private final PeerClient client;
  private final Counter found;
  private final Counter missing;
  private final Counter failed;

  PeerFiles(PeerClient client, MeterRegistry meters) {
    this.client = client;
    // There from the beginning: a counter that begins with 1 never grew.
    this.found = counter(meters, "found");
    this.missing = counter(meters, "missing");
    this.failed = counter(meters, "failed");
  }

  private static Counter counter(MeterRegistry meters, String outcome) {
    return meters.counter("pacs.peer.reads", "outcome", outcome);
  }

  @Override
  public Optional<InputStream> open(ObjectLocation place, long offset, long length)
      throws IOException {
    try {
      Optional<InputStream> file = ask(place, offset, length);
      (file.isPresent() ? found : missing).increment();
      return file;
    } catch (IOException e) {
      failed.increment();
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

  @Override
  public boolean reaches(String node) {
    return client.reaches(node);
  }
}
