package org.regionalpacs.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback, below those that the system gives to clients; none twice. */
final class LoopbackPorts {
  private static final int LEAST = 12_000;
  private static final int MOST = 32_000;
  private static final int TRIES = 1000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private LoopbackPorts() {}

  static int free() throws IOException {
    return free(1);
  }

  /** The first of so many in a row. */
  static synchronized int free(int count) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int first = ThreadLocalRandom.current().nextInt(LEAST, MOST - count);
      if (areFree(first, count)) {
        for (int port = first; port < first + count; port++) {
          GIVEN.add(port);
        }
        return first;
      }
    }
    throw new IOException("no free ports");
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      if (GIVEN.contains(port)) {
        return false;
      }
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        socket.setReuseAddress(true);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
