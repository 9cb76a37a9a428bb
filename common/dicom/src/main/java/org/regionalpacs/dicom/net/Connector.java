package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Makes the connection of a client: TCP, and TLS over it when asked for. */
final class Connector {
  private Connector() {}

  /**
   * Connects.
   *
   * @throws AssociationException when that fails; its type says how
   */
  static Transport connect(RemoteAe remote, ScuOptions options) throws IOException {
    Socket socket = open(remote, options.timeouts());
    try {
      Transport transport = new Transport(socket, options.timeouts().write());
      if (options.tls().isPresent()) {
        transport.secure(
            options.tls().get().clientSide(socket, remote.host()), options.timeouts().handshake());
      }
      return transport;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket open(RemoteAe remote, Timeouts timeouts) throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(remote.host(), remote.port());
      if (address.isUnresolved()) {
        throw new ConnectionLostException("unknown host " + remote.host());
      }
      socket.connect(address, (int) timeouts.connect().toMillis());
      return socket;
    } catch (SocketTimeoutException e) {
      socket.close();
      throw new AssociationTimeoutException("connecting to " + remote, timeouts.connect());
    } catch (AssociationException e) {
      socket.close();
      throw e;
    } catch (IOException e) {
      socket.close();
      throw new ConnectionLostException("can't connect to " + remote + ": " + e.getMessage(), e);
    }
  }
}
