package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A line between a client and a server on this machine: what the server sends passes at a rate that
 * all connections share, and what the client sends arrives after a delay, once for each request.
 * Bits are those of TCP's payload: headers of packets, which take some 3 % of a real line, aren't
 * counted.
 */
final class ShapedLink implements AutoCloseable {
  /** Less than a millisecond at 100 Mbit/s: connections take turns as packets do. */
  private static final int CHUNK = 4096;

  private static final int BACKLOG = 64;

  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Pace pace;
  private final Duration delay;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private ShapedLink(
      ServerSocket listening, InetSocketAddress server, double bitsPerSecond, Duration delay) {
    this.listening = listening;
    this.server = server;
    this.pace = new Pace(bitsPerSecond);
    this.delay = delay;
  }

  /**
   * Opens one.
   *
   * @param serverPort on the loopback interface
   * @param delay of a round trip
   */
  static ShapedLink to(int serverPort, double bitsPerSecond, Duration delay) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ShapedLink link =
        new ShapedLink(
            new ServerSocket(0, BACKLOG, loopback),
            new InetSocketAddress(loopback, serverPort),
            bitsPerSecond,
            delay);
    link.threads.submit(link::accept);
    return link;
  }

  int port() {
    return listening.getLocalPort();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      threads.submit(() -> join(client));
    }
  }

  private Void join(Socket client) throws IOException {
    Socket upstream = new Socket();
    open.add(client);
    open.add(upstream);
    try (client;
        upstream) {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      upstream.connect(server);
      threads.submit(() -> requests(client, upstream));
      answers(upstream, client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.removeIf(Socket::isClosed);
    }
    return null;
  }

  private Void requests(Socket from, Socket to) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      Thread.sleep(delay);
      to.getOutputStream().write(chunk, 0, count);
    }
    to.shutdownOutput();
    return null;
  }

  private void answers(Socket from, Socket to) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] chunk = new byte[CHUNK];
    while (true) {
      boolean waits = in.available() > 0;
      int count = in.read(chunk);
      if (count < 0) {
        return;
      }
      pace.pass(count, waits);
      out.write(chunk, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
    threads.close();
  }

  /**
   * The rate that it has, measured with bytes of nothing through several connections.
   *
   * @param seconds that they take at the nominal rate
   * @return bits a second
   */
  static double measure(double bitsPerSecond, int connections, double seconds) throws IOException {
    int each = (int) (bitsPerSecond / 8 * seconds / connections);
    try (ServerSocket source = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
        ShapedLink link = to(source.getLocalPort(), bitsPerSecond, Duration.ZERO)) {
      for (int i = 0; i < connections; i++) {
        work.submit(() -> {
          try (Socket socket = source.accept()) {
            socket.getOutputStream().write(new byte[each]);
          }
          return null;
        });
      }
      List<Callable<Long>> sinks = Collections.nCopies(connections, () -> drained(link.port()));
      long start = System.nanoTime();
      long bytes = 0;
      for (Future<Long> sink : work.invokeAll(sinks)) {
        bytes += sink.get();
      }
      return bytes * 8 / ((System.nanoTime() - start) / 1e9);
    } catch (ExecutionException e) {
      throw new IOException("a shaped link couldn't be measured", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static long drained(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }
}
