package org.regionalpacs.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A port on loopback that leads to a server, and can have {@link Trouble}. */
public final class Way implements AutoCloseable {
  /** Of a connection in one direction, as long as it is to break in a batch. */
  private static final int BREAKS_AFTER = 100_000;

  private final String host;
  private final int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket server;
  private volatile boolean breaks;
  private volatile CountDownLatch passing = new CountDownLatch(0);

  /** A way to a port on loopback. */
  public Way(int target) throws IOException {
    this(InetAddress.getLoopbackAddress().getHostAddress(), target);
  }

  /** A way to a port of a host. */
  public Way(String host, int target) throws IOException {
    this.host = host;
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = server.getLocalPort();
    listen(server);
  }

  /** Where it begins. */
  public int port() {
    return port;
  }

  /** Begins some trouble. */
  public void begin(Trouble trouble) throws IOException {
    switch (trouble) {
      case DOWN -> {
        server.close();
        cut();
      }
      case SILENT -> passing = new CountDownLatch(1);
      case BREAKS_IN_A_BATCH -> breaks = true;
    }
  }

  /** Ends all of it. Connections of that time are cut. */
  public void end() throws IOException {
    breaks = false;
    passing.countDown();
    cut();
    if (server.isClosed()) {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      listen(server);
    }
  }

  private void listen(ServerSocket listening) {
    Thread.ofVirtual().start(() -> accept(listening));
  }

  private void accept(ServerSocket listening) {
    while (true) {
      try {
        Socket client = listening.accept();
        Socket there = new Socket(host, target);
        sockets.add(client);
        sockets.add(there);
        if (listening.isClosed()) {
          // It was accepted while the others were cut.
          client.close();
          there.close();
        }
        Thread.ofVirtual().start(() -> copy(client, there));
        Thread.ofVirtual().start(() -> copy(there, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    long passed = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        passing.await();
        passed = breaks ? passed + n : 0;
        if (passed > BREAKS_AFTER) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Either side has closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    passing.countDown();
    cut();
  }
}
