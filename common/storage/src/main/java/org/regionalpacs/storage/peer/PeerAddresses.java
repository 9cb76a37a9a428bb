package org.regionalpacs.storage.peer;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where nodes are reached, as their services tell it in {@code node_address}. While the database is
 * away what was known stays known.
 */
final class PeerAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(PeerAddresses.class);
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Those last seen come first; older ones of a node are those of processes that were killed. */
  private static final String LATEST =
      "select url from node_address where node = ? order by seen desc limit 3";

  private final JdbcClient jdbc;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  PeerAddresses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Known(List<URI> addresses, long at) {
    boolean fresh() {
      return System.nanoTime() - at < FRESH.toNanos();
    }
  }

  /** The best first; none when no service of the node ever told one. */
  List<URI> of(String node) {
    Known before = known.get(node);
    if (before != null && before.fresh()) {
      return before.addresses();
    }
    List<URI> addresses = before == null ? List.of() : before.addresses();
    try {
      addresses =
          jdbc.sql(LATEST).param(node).query(String.class).list().stream()
              .map(URI::create)
              .toList();
    } catch (RuntimeException e) {
      LOG.debug("Addresses of node {} as they were known: {}", node, e.toString());
    }
    known.put(node, new Known(addresses, System.nanoTime()));
    return addresses;
  }
}
