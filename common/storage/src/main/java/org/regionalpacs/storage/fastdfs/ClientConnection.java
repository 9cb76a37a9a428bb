package org.regionalpacs.storage.fastdfs;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.csource.fastdfs.ProtoCommon;
import org.csource.fastdfs.pool.Connection;

/** A connection as the official client wants it, whose socket we keep hold of. */
final class ClientConnection extends Connection {
  private static final int BUFFER = 64 * 1024;
  private static final long NOT_WRITING = 0;

  private final Socket socket;
  private final InetSocketAddress address;
  private volatile long writingSince = NOT_WRITING;
  private InputStream in = InputStream.nullInputStream();

  ClientConnection(Socket socket, InetSocketAddress address) {
    super(socket, address);
    this.socket = socket;
    this.address = address;
  }

  void connect(Duration connectTimeout, Duration ioTimeout) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) ioTimeout.toMillis());
    socket.connect(address, (int) connectTimeout.toMillis());
    in = new WholeReads(new BufferedInputStream(socket.getInputStream(), BUFFER));
  }

  boolean writesFor(Duration limit) {
    long since = writingSince;
    return since != NOT_WRITING && System.nanoTime() - since > limit.toNanos();
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new WatchedWrites(socket.getOutputStream());
  }

  /** Called by the client after a failure. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone in any case.
    }
  }

  @Override
  public void closeDirectly() {
    close();
  }

  /** Called by the client at the end of an exchange. */
  @Override
  public void release() {
    try {
      getOutputStream().write(ProtoCommon.packHeader(ProtoCommon.FDFS_PROTO_CMD_QUIT, 0, (byte) 0));
    } catch (IOException e) {
      // The peer was faster.
    }
    close();
  }

  /**
   * Fills what it is asked to fill: the client takes a header that arrives in two TCP segments for
   * a broken one. It never asks for more than what is to come.
   */
  private static final class WholeReads extends FilterInputStream {
    WholeReads(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.readNBytes(buffer, offset, length);
      return count == 0 && length > 0 ? -1 : count;
    }
  }

  private final class WatchedWrites extends FilterOutputStream {
    WatchedWrites(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      long now = System.nanoTime();
      writingSince = now == NOT_WRITING ? 1 : now;
      try {
        out.write(bytes, offset, length);
      } finally {
        writingSince = NOT_WRITING;
      }
    }
  }
}
