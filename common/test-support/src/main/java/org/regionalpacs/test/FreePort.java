package org.regionalpacs.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are started later, or again: below those that the system gives to clients
 * (Linux: from 32768 on), so that no client has it when the server begins to listen.
 */
public final class FreePort {
  private static final int LEAST = 25_000;
  private static final int MOST = 32_000;

  private FreePort() {}

  /** One on loopback that nothing listens on right now. */
  public static int any() throws IOException {
    IOException last = new IOException("no free port");
    for (int tried = 0; tried < 100; tried++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, MOST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }
}
