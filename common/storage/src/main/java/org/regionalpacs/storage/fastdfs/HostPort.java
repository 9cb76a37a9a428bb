package org.regionalpacs.storage.fastdfs;

import java.net.InetSocketAddress;

/**
 * Where a server listens.
 *
 * @param host a name or an IPv4 address
 */
record HostPort(String host, int port) {

  /** From {@code host:port}. */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  /** Asks the name service each time: a server that moved is found again. */
  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
