package org.regionalpacs.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * An HTTP/1.1 connection to a server on the loopback that costs little: bodies are read into one
 * direct buffer and not kept. It is kept alive, and made again where the server ended it. For one
 * thread; another may close it, which ends a request under way.
 */
final class HttpConnection implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;

  /** Throws parts of a body away. */
  static final Consumer<ByteBuffer> DISCARD = _ -> {};

  private final InetSocketAddress address;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private volatile SocketChannel channel;
  private volatile boolean closed;
  private boolean reused;
  private boolean answering;

  private HttpConnection(InetSocketAddress address) throws IOException {
    this.address = address;
    this.channel = connect(address);
  }

  static HttpConnection to(int port) throws IOException {
    return new HttpConnection(new InetSocketAddress("127.0.0.1", port));
  }

  private static SocketChannel connect(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  /**
   * Asks and reads the whole answer.
   *
   * @param request as it is sent
   * @param body gets the parts of the body one by one, to be read at once
   */
  HttpAnswer ask(byte[] request, Consumer<ByteBuffer> body) throws IOException {
    HttpHead head = head(request);
    long length = head.hasBody() ? body(head, body) : 0;
    if (buffer.hasRemaining()) {
      throw new IOException(buffer.remaining() + " bytes come after the end of the answer");
    }
    reused = true;
    if (head.closes()) {
      channel.close();
    }
    return new HttpAnswer(head.status(), head.field("content-type"), length);
  }

  private HttpHead head(byte[] request) throws IOException {
    if (!channel.isOpen()) {
      again();
    }
    try {
      return exchange(request);
    } catch (IOException e) {
      // A server may end an idle connection just when it is used again; a new one it may not.
      if (!reused || answering) {
        throw e;
      }
      again();
      return exchange(request);
    }
  }

  private void again() throws IOException {
    channel.close();
    channel = connect(address);
    reused = false;
    if (closed) {
      channel.close();
    }
  }

  private HttpHead exchange(byte[] request) throws IOException {
    answering = false;
    buffer.clear().put(request).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
    int end;
    while ((end = HttpHead.end(buffer)) < 0) {
      if (!buffer.hasRemaining()) {
        throw new IOException("the head of the answer is too long");
      }
      if (channel.read(buffer) < 0) {
        throw new EOFException("the connection ended instead of an answer");
      }
      answering = true;
    }
    buffer.flip();
    byte[] head = new byte[end];
    buffer.get(head);
    return HttpHead.parse(head);
  }

  private long body(HttpHead head, Consumer<ByteBuffer> sink) throws IOException {
    if (head.chunked()) {
      return chunks(sink);
    }
    String length = head.field("content-length");
    return length.isEmpty() ? rest(sink) : pass(Long.parseLong(length), sink);
  }

  private long chunks(Consumer<ByteBuffer> sink) throws IOException {
    long total = 0;
    while (true) {
      long size = Long.parseLong(line().split(";")[0].strip(), 16);
      if (size == 0) {
        while (!line().isEmpty()) {
          // A trailer field.
        }
        return total;
      }
      total += pass(size, sink);
      line();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      fill();
      char next = (char) buffer.get();
      if (next == '\n') {
        return line.toString().strip();
      }
      line.append(next);
    }
  }

  private long pass(long length, Consumer<ByteBuffer> sink) throws IOException {
    long left = length;
    while (left > 0) {
      fill();
      int end = buffer.limit();
      buffer.limit((int) Math.min(end, buffer.position() + left));
      left -= buffer.remaining();
      int next = buffer.limit();
      sink.accept(buffer);
      buffer.limit(end).position(next);
    }
    return length;
  }

  private long rest(Consumer<ByteBuffer> sink) throws IOException {
    long total = 0;
    do {
      total += buffer.remaining();
      sink.accept(buffer);
      buffer.clear();
    } while (read());
    buffer.limit(0);
    channel.close();
    return total;
  }

  /** Makes sure that there is a byte at least. */
  private void fill() throws IOException {
    if (!buffer.hasRemaining() && !read()) {
      throw new EOFException("the connection ended within an answer");
    }
  }

  private boolean read() throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    buffer.flip();
    return count >= 0;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    channel.close();
  }
}
