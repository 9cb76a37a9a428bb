package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports that no other test JVM of this machine gives away: a block below those that the system
 * gives to clients, whose first port this JVM holds as long as it runs.
 */
final class PortBlock {
  private static final int LEAST = 20_000;
  private static final int MOST = 32_000;
  private static final int SIZE = 100;
  private static final ServerSocket HELD = hold();

  private PortBlock() {}

  /** Its first port that is free for use. */
  static int first() {
    return HELD.getLocalPort() + 1;
  }

  /** The port after its last. */
  static int end() {
    return HELD.getLocalPort() + SIZE;
  }

  private static ServerSocket hold() {
    for (int port = LEAST; port < MOST; port += SIZE) {
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        // Another test JVM's, or somebody else's.
      }
    }
    throw new IllegalStateException("no block of ports is free");
  }
}
