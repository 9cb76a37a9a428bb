package org.regionalpacs.test.fastdfs;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;

/** Accepts connections, finds the requests on them, and carries out the faults of any command. */
final class Listener {
  private static final int BACKLOG = 1024;
  private static final int BUFFER = 64 * 1024;
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final ServerSocket server;
  private final Service service;
  private final Faults faults;
  private final Thread acceptor = Thread.ofVirtual().name("fake-fastdfs").unstarted(this::accept);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** What answers requests. */
  interface Service {
    void serve(Exchange exchange) throws IOException, Status, InterruptedException;

    /** Whether the connection ends after this status. */
    boolean endsConnection(int status);
  }

  private Listener(ServerSocket server, Service service, Faults faults) {
    this.server = server;
    this.service = service;
    this.faults = faults;
  }

  /** Listens on a port of the address, 0 for any. */
  static Listener start(InetAddress address, int port, Service service, Faults faults)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    Listener listener = new Listener(server, service, faults);
    listener.acceptor.start();
    return listener;
  }

  int port() {
    return server.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  int open() {
    return open.size();
  }

  /** Ends like a killed process: every connection is reset. */
  void kill() throws IOException {
    server.close();
    for (Socket socket : open) {
      reset(socket);
    }
    try {
      // The port is free only when nobody waits in accept any more.
      acceptor.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean killed() {
    return server.isClosed();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
        if (server.isClosed()) {
          reset(socket);
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER)) {
      socket.setTcpNoDelay(true);
      while (next(socket, in, out)) {
        out.flush();
      }
    } catch (InterruptedException | IOException e) {
      // The client, a fault or a kill ended the connection.
    } finally {
      open.remove(socket);
    }
  }

  /**
   * Serves one request.
   *
   * @return whether another may follow
   */
  private boolean next(Socket socket, DataInputStream in, OutputStream out)
      throws IOException, InterruptedException {
    long length;
    try {
      length = in.readLong();
    } catch (EOFException e) {
      return false;
    }
    int command = in.readUnsignedByte();
    in.readByte();
    acknowledge(socket);
    if (command == Wire.QUIT) {
      return false;
    }
    Optional<Fault> fault = faults.take(command);
    Exchange exchange = new Exchange(command, length, in, fault, out);
    try {
      serve(exchange, socket);
    } catch (Status status) {
      exchange.status(status.code);
      return !service.endsConnection(status.code) && !exchange.unread();
    }
    return true;
  }

  private void serve(Exchange exchange, Socket socket)
      throws IOException, Status, InterruptedException {
    if (exchange.length < 0) {
      throw new Status(Status.INVALID);
    }
    switch (exchange.fault.orElse(new Fault.SplitHeader())) {
      case Fault.Answer(int status) -> throw new Status(status);
      case Fault.Hang() -> {
        faults.hang(socket::isClosed);
        throw new IOException("hung");
      }
      case Fault.WithholdResponse() -> {
        try {
          service.serve(exchange);
        } catch (IOException e) {
          faults.hang(socket::isClosed);
          throw e;
        }
      }
      case Fault.DropUpload(_) -> {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        service.serve(exchange);
      }
      default -> service.serve(exchange);
    }
  }

  /** As the real server does: otherwise delayed acknowledgements cost clients 40 ms a request. */
  private static void acknowledge(Socket socket) throws IOException {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  private static void reset(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    socket.close();
  }
}
