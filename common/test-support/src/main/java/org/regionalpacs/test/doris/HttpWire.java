package org.regionalpacs.test.doris;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP on a socket, a request a connection, with all that may be done to it: the JDK's own server
 * says 100 Continue by itself and can't break off.
 */
final class HttpWire implements AutoCloseable {
  private static final int LARGEST_BODY = 64 << 20;

  private final ServerSocket server;
  private final Service service;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What serves a request. */
  interface Service {
    void serve(Exchange exchange) throws IOException, InterruptedException;
  }

  HttpWire(int port, Service service) throws IOException {
    this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.service = service;
    Thread.ofVirtual().name("fake-doris").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** One request. */
  record Exchange(
      String method, String target, Map<String, String> headers, InputStream in, Socket socket) {

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** Asks for the rows, and reads so much of them. */
    byte[] body(int most) throws IOException {
      if (header("expect").equalsIgnoreCase("100-continue")) {
        write("HTTP/1.1 100 Continue\r\n\r\n");
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      if (length > LARGEST_BODY) {
        throw new IOException("too large");
      }
      byte[] body = in.readNBytes(Math.min(length, most));
      if (body.length < Math.min(length, most)) {
        throw new IOException("the client broke off");
      }
      return body;
    }

    void answer(int status, String headerLines, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      write(
          "HTTP/1.1 %d Status\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(status, headerLines, bytes.length, body));
    }

    void write(String text) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    /** Until the client goes away. */
    void hang() throws IOException {
      while (in.read() >= 0) {
        // Whatever comes.
      }
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String[] first = line(in).split(" ");
      if (first.length < 3) {
        return;
      }
      Map<String, String> headers = new HashMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      service.serve(new Exchange(first[0], first[1], headers, in, socket));
    } catch (IOException | InterruptedException e) {
      // The client, or a fault, ended the connection.
    } finally {
      open.remove(socket);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
