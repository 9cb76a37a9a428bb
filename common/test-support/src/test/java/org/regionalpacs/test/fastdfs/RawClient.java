package org.regionalpacs.test.fastdfs;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Speaks the protocol byte by byte. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT = (int) Duration.ofSeconds(5).toMillis();

  private final Socket socket;
  private final DataInputStream in;

  /** An answer: its status, and its body. */
  record Reply(int status, byte[] body) {
    String text(int offset, int length) {
      return Wire.text(body, offset, length);
    }
  }

  RawClient(String host, int port, int timeoutMillis) throws IOException {
    socket = new Socket(host, port);
    socket.setSoTimeout(timeoutMillis);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  static RawClient of(FakeStorage storage) throws IOException {
    return new RawClient(storage.address().getHostAddress(), storage.port(), TIMEOUT);
  }

  static RawClient of(FakeTracker tracker) throws IOException {
    String[] parts = tracker.hostAndPort().split(":");
    return new RawClient(parts[0], Integer.parseInt(parts[1]), TIMEOUT);
  }

  Reply ask(int command, byte[] body) throws IOException {
    send(command, body.length, body);
    return reply();
  }

  void send(int command, long length, byte[] body) throws IOException {
    socket
        .getOutputStream()
        .write(
            ByteBuffer.allocate(10 + body.length)
                .putLong(length)
                .put((byte) command)
                .put((byte) 0)
                .put(body)
                .array());
  }

  Reply reply() throws IOException {
    long length = in.readLong();
    if (in.readByte() != 100) {
      throw new IOException("not an answer");
    }
    int status = in.readByte();
    return new Reply(status, in.readNBytes((int) length));
  }

  /** What arrives by one read. */
  int readOnce(byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** Uploads; the reply's body is group and name. */
  Reply upload(byte[] content, String extension) throws IOException {
    return ask(Wire.UPLOAD, uploadBody(content, extension));
  }

  static byte[] uploadBody(byte[] content, String extension) {
    return ByteBuffer.allocate(15 + content.length)
        .put((byte) 0)
        .putLong(content.length)
        .put(Wire.fixed(extension, 6))
        .put(content)
        .array();
  }

  Reply download(String id, long offset, long length) throws IOException {
    byte[] file = file(id);
    return ask(
        Wire.DOWNLOAD,
        ByteBuffer.allocate(16 + file.length).putLong(offset).putLong(length).put(file).array());
  }

  /** Group and name as most requests hold them. */
  static byte[] file(String id) {
    int slash = id.indexOf('/');
    byte[] name = id.substring(slash + 1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return ByteBuffer.allocate(16 + name.length)
        .put(Wire.fixed(id.substring(0, slash), 16))
        .put(name)
        .array();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
