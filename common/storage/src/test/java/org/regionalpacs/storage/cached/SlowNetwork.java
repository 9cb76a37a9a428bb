package org.regionalpacs.storage.cached;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Hands connections on to a server whose answers come slowly. */
final class SlowNetwork implements AutoCloseable {
  private static final int PIECE = 16 * 1024;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int server;
  private final long nanosAPiece;

  /**
   * @param server its port
   * @param rate bytes a second
   */
  SlowNetwork(int server, int rate) throws IOException {
    this.server = server;
    this.nanosAPiece = 1_000_000_000L * PIECE / rate;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
        there.setReceiveBufferSize(PIECE);
        sockets.addAll(List.of(client, there));
        Thread.ofVirtual().start(() -> pump(client, there, 0));
        Thread.ofVirtual().start(() -> pump(there, client, nanosAPiece));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void pump(Socket from, Socket to, long nanosAPiece) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] piece = new byte[PIECE];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        LockSupport.parkNanos(nanosAPiece * count / PIECE);
        out.write(piece, 0, count);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
