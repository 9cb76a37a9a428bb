package org.regionalpacs.intake.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A line to a port that breaks once so many bytes have come back on a connection. */
final class CuttingLine implements AutoCloseable {
  private final ServerSocket server;
  private final int to;
  private final int most;
  private volatile boolean cut;

  private CuttingLine(int to, int most) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.to = to;
    this.most = most;
  }

  static CuttingLine to(int port, int most) throws IOException {
    CuttingLine line = new CuttingLine(port, most);
    Thread.ofVirtual().start(line::accept);
    return line;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Whether it has broken. */
  boolean cut() {
    return cut;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        Thread.ofVirtual().start(() -> pass(near, far, Integer.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(far, near, most));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket into, int bytes) {
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      byte[] buffer = new byte[8192];
      int left = bytes;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, Math.min(count, left));
        left -= Math.min(count, left);
        if (left == 0) {
          cut = true;
          return;
        }
      }
    } catch (IOException e) {
      // One of the two ends has closed.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
