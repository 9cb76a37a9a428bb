package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of one attempt. They belong to us and not to the client: its pool mixes uploads
 * up, it has no write timeout, and after a failure it leaves sockets to the garbage collector.
 */
final class Sockets implements AutoCloseable {
  private final Duration connectTimeout;
  private final Duration ioTimeout;
  private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Sockets(Duration connectTimeout, Duration ioTimeout) {
    this.connectTimeout = connectTimeout;
    this.ioTimeout = ioTimeout;
  }

  ClientConnection open(HostPort server) throws IOException {
    InetSocketAddress address = server.address();
    if (address.isUnresolved()) {
      throw new UnknownHostException(server.host());
    }
    ClientConnection connection = new ClientConnection(new Socket(), address);
    open.add(connection);
    try {
      connection.connect(connectTimeout, ioTimeout);
      if (closed) {
        throw new SocketException("cancelled");
      }
      return connection;
    } catch (IOException e) {
      connection.close();
      throw new IOException(server + ": " + e.getMessage(), e);
    }
  }

  /** Whether a peer has taken nothing of what is being sent to it for too long. */
  boolean stalled() {
    return open.stream().anyMatch(connection -> connection.writesFor(ioTimeout));
  }

  /** Closes all, also under threads that read or write. */
  @Override
  public void close() {
    closed = true;
    open.forEach(ClientConnection::close);
  }
}
