package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP port and the thread that accepts its connections, and does nothing else. */
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final int BACKLOG = 256;

  /** Takes an accepted connection; must not wait for the peer. */
  interface Taker {
    void take(Socket connection) throws IOException;
  }

  private final ServerSocket socket;
  private final Taker taker;
  private final Thread thread;

  private Acceptor(ServerSocket socket, Taker taker) {
    this.socket = socket;
    this.taker = taker;
    this.thread = Thread.ofPlatform().name("dicom-accept-" + port()).unstarted(this::accept);
  }

  /**
   * Opens the port; connections wait until {@link #start}.
   *
   * @throws IOException when it can't be opened, naming it
   */
  static Acceptor open(InetAddress bind, int port, Taker taker) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(bind, port), BACKLOG);
      return new Acceptor(socket, taker);
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "port %d of %s: %s".formatted(port, bind.getHostAddress(), e.getMessage()), e);
    }
  }

  void start() {
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  boolean running() {
    return thread.isAlive() && !socket.isClosed();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Closing the listener failed", e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        taker.take(socket.accept());
      } catch (IOException e) {
        if (!socket.isClosed()) {
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
}
