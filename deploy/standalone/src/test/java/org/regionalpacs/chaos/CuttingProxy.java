package org.regionalpacs.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a port on which connections can be cut (RST to both sides) at any byte. */
final class CuttingProxy implements AutoCloseable {
  /** Small, so that it cuts in the middle of a data set. */
  private static final int BLOCK = 2048;

  private final ServerSocket server;
  private final int target;
  private final AtomicInteger cuts = new AtomicInteger();

  private CuttingProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  static CuttingProxy to(int target) throws IOException {
    CuttingProxy proxy =
        new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Cuts the connections of the next so many blocks. */
  void cut(int connections) {
    cuts.set(connections);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try {
      Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
      Thread.ofVirtual().start(() -> copy(client, there, true));
      Thread.ofVirtual().start(() -> copy(there, client, false));
    } catch (IOException e) {
      reset(client);
    }
  }

  private void copy(Socket from, Socket to, boolean mayCut) {
    byte[] block = new byte[BLOCK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int blocks = 0;
      for (int count; (count = in.read(block)) >= 0; blocks++) {
        // Not the first one: what is cut is an association that stands.
        if (mayCut && blocks > 1 && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          reset(from);
          reset(to);
          return;
        }
        out.write(block, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
