package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DICOM listener: C-ECHO and C-STORE as an SCP. One virtual thread an association, blocking I/O,
 * a limit on every wait and on the number of connections.
 */
public final class DicomServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DicomServer.class);
  private static final int BACKLOG = 256;

  /**
   * Connections beyond the accepted associations that may negotiate or be turned away at a time.
   */
  private static final int SPARE_CONNECTIONS = 256;

  private static final AtomicLong IDS = new AtomicLong();

  private final ServerOptions options;
  private final AssociationPolicy policy;
  private final StoreService store;
  private final AssociationListener listener;
  private final ServerSocket socket;
  private final Semaphore places;
  private final int maxConnections;
  private final Set<ServerAssociation> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
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
    this.places = new Semaphore(options.maxAssociations());
    this.maxConnections = options.maxAssociations() + SPARE_CONNECTIONS;
    this.socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(options.bind(), options.port()), BACKLOG);
    this.acceptor = Thread.ofPlatform().name("dicom-accept-" + port()).unstarted(this::accept);
  }

  /**
   * Starts listening.
   *
   * @param options where and within which limits
   * @param policy which associations and presentation contexts are accepted
   * @param handler performs C-STORE
   * @param listener is told what becomes of associations
   * @throws IOException when the port can't be listened on
   */
  public static DicomServer start(
      ServerOptions options,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener listener)
      throws IOException {
    DicomServer server = new DicomServer(options, policy, handler, listener);
    server.acceptor.start();
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Accepted associations that stand now. */
  public int associations() {
    return options.maxAssociations() - places.availablePermits();
  }

  /** Whether it listens. */
  public boolean running() {
    return !stopping && acceptor.isAlive() && !socket.isClosed();
  }

  private void accept() {
    while (!stopping) {
      try {
        take(socket.accept());
      } catch (IOException e) {
        if (!stopping) {
          LOG.warn("Accepting a connection failed: {}", e.getMessage());
          pause();
        }
      }
    }
  }

  /** Out of file descriptors, most likely: trying again at once would only burn the processor. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Socket connection) throws IOException {
    if (connections.size() >= maxConnections) {
      LOG.warn("{} connections: one more is closed unheard", maxConnections);
      connection.close();
      return;
    }
    long id = IDS.incrementAndGet();
    ServerAssociation association;
    try {
      association = new ServerAssociation(this, id, connection);
    } catch (IOException e) {
      connection.close();
      throw e;
    }
    connections.add(association);
    Thread.ofVirtual().name("dicom-association-" + id).start(() -> run(association));
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
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Closing the listener failed", e);
    }
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

  /** Takes a place among the associations; false when all are taken. */
  boolean admit() {
    return places.tryAcquire();
  }

  /** Gives the place back. */
  void dismiss() {
    places.release();
  }
}
