package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DICOM listener, on a plain port and on one for TLS: C-ECHO and C-STORE as an SCP. One thread an
 * association, blocking I/O, a limit on every wait and on the number of connections.
 */
public final class DicomServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DicomServer.class);

  /**
   * Connections beyond the accepted associations that may negotiate or be turned away at a time.
   */
  private static final int SPARE_CONNECTIONS = 256;

  private static final AtomicLong IDS = new AtomicLong();

  private final ServerOptions options;
  private final AssociationPolicy policy;
  private final StoreService store;
  private final AssociationListener listener;
  private final Acceptor plain;
  private final Optional<Acceptor> tls;
  private final Places places;
  private final int maxConnections;
  private final AssociationThreads threads = new AssociationThreads();
  private final Set<ServerAssociation> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  private DicomServer(
      ServerOptions options,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener listener)
      throws IOException {
    this.options = options;
    this.policy = policy;
    this.store = new StoreService(handler);
    this.listener = listener;
    this.places = new Places(options.maxAssociations(), options.maxAssociationsPerAe());
    this.maxConnections = options.maxAssociations() + SPARE_CONNECTIONS;
    this.plain =
        Acceptor.open(options.bind(), options.port(), socket -> take(socket, Optional.empty()));
    try {
      this.tls = openTls(options.tls());
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private Optional<Acceptor> openTls(Optional<TlsListener> listener) throws IOException {
    if (listener.isEmpty()) {
      return Optional.empty();
    }
    TlsListener at = listener.get();
    at.options().get(); // what is wrong with it is said now, not at the first connection
    return Optional.of(
        Acceptor.open(
            at.bind(), at.port(), socket -> take(socket, Optional.of(at.options().get()))));
  }

  /**
   * Starts listening.
   *
   * @param options where and within which limits
   * @param policy which associations and presentation contexts are accepted
   * @param handler performs C-STORE
   * @param listener is told what becomes of associations
   * @throws IOException when a port can't be listened on, naming it
   */
  public static DicomServer start(
      ServerOptions options,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener listener)
      throws IOException {
    DicomServer server = new DicomServer(options, policy, handler, listener);
    server.plain.start();
    server.tls.ifPresent(Acceptor::start);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return plain.port();
  }

  /** The port it listens on for TLS; 0 when it doesn't. */
  public int tlsPort() {
    return tls.map(Acceptor::port).orElse(0);
  }

  /** Accepted associations that stand now. */
  public int associations() {
    return places.taken();
  }

  /** Whether it listens. */
  public boolean running() {
    return !stopping && plain.running() && tls.map(Acceptor::running).orElse(true);
  }

  private void take(Socket connection, Optional<TlsOptions> how) throws IOException {
    if (connections.size() >= maxConnections) {
      LOG.warn("{} connections: one more is closed unheard", maxConnections);
      connection.close();
      return;
    }
    long id = IDS.incrementAndGet();
    ServerAssociation association;
    try {
      association = new ServerAssociation(this, id, connection, how);
    } catch (IOException e) {
      connection.close();
      throw e;
    }
    connections.add(association);
    threads.start("dicom-association-" + id, () -> run(association));
  }

  private void run(ServerAssociation association) {
    try {
      if (!stopping) {
        association.run();
      }
    } catch (RuntimeException | Error e) {
      LOG.error("An association ended by an error of this program", e);
    } finally {
      association.cut();
      connections.remove(association);
    }
  }

  /**
   * Stops: accepts no more, aborts idle associations, lets messages under way finish, and cuts what
   * is left after the grace.
   */
  public void stop(Duration grace) {
    stopping = true;
    plain.close();
    tls.ifPresent(Acceptor::close);
    connections.forEach(ServerAssociation::stop);
    try {
      awaitEnd(grace);
      connections.forEach(ServerAssociation::cut);
      awaitEnd(options.timeouts().release());
    } catch (InterruptedException e) {
      connections.forEach(ServerAssociation::cut);
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!connections.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
  }

  /** Stops without grace. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  ServerOptions options() {
    return options;
  }

  AssociationPolicy policy() {
    return policy;
  }

  StoreService store() {
    return store;
  }

  AssociationListener listener() {
    return listener;
  }

  boolean stopping() {
    return stopping;
  }

  /** Takes a place among the associations; false when all, or all for this title, are taken. */
  boolean admit(String callingAe) {
    return places.take(callingAe);
  }

  /** Gives the place back. */
  void dismiss(String callingAe) {
    places.giveBack(callingAe);
  }
}
