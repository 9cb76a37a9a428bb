package org.regionalpacs.test.fastdfs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A storage server. Statuses 2 and 17 keep the connection, every other error ends it; a file of no
 * bytes can be uploaded and not downloaded; uploading the same content again makes a second file.
 */
public final class FakeStorage implements Listener.Service {
  private static final int LONGEST = 1024;

  private final String group;
  private final InetAddress address;
  private final StorageFolder folder;
  private final Replication replication;
  private final Faults faults = new Faults();
  private final Uploads uploads;
  private final Downloads downloads;
  private volatile Listener listener;
  private volatile boolean full;

  FakeStorage(String group, InetAddress address, int port, Path root, Replication replication)
      throws IOException {
    this.group = group;
    this.address = address;
    this.folder = new StorageFolder(root);
    this.replication = replication;
    this.uploads = new Uploads(folder, address, faults, this::killed);
    this.downloads = new Downloads(faults, this::killed);
    this.listener = Listener.start(address, port, this, faults);
    replication.join(this);
  }

  /** What is to go wrong here. */
  public Faults faults() {
    return faults;
  }

  /** Dies as by kill -9; the tracker notices at once. Half-received files stay as rubbish. */
  public void kill() throws IOException {
    replication.forget(this);
    listener.kill();
  }

  /** Runs again, on the same port. */
  public void restart() throws IOException {
    if (!killed()) {
      kill();
    }
    listener = Listener.start(address, listener.port(), this, faults);
  }

  /** Answers uploads with status 28 while set. */
  public void full(boolean now) {
    full = now;
  }

  /** Ids of all complete files here. */
  public List<String> files() throws IOException {
    return folder.names().stream().map(name -> group + "/" + name).toList();
  }

  /** Files that a kill left half-received. */
  public long partials() throws IOException {
    return folder.partials();
  }

  /** The file of an id on this storage's disk, there or not. */
  public Path file(String id) {
    try {
      return folder.path(FileName.parse(id.substring(group.length() + 1)));
    } catch (Status e) {
      throw new IllegalArgumentException(id, e);
    }
  }

  /** Connections accepted since the last start. */
  public int connections() {
    return listener.accepted();
  }

  /** Bytes of files that downloads were sent. */
  public long sentBytes() {
    return downloads.sent();
  }

  /** Connections that are open now. */
  public int openConnections() {
    return listener.open();
  }

  public InetAddress address() {
    return address;
  }

  public int port() {
    return listener.port();
  }

  boolean killed() {
    return listener.killed();
  }

  boolean isFull() {
    return full;
  }

  String group() {
    return group;
  }

  StorageFolder folder() {
    return folder;
  }

  @Override
  public boolean endsConnection(int status) {
    return status != Status.MISSING && status != Status.EXISTS;
  }

  @Override
  public void serve(Exchange exchange) throws IOException, Status, InterruptedException {
    switch (exchange.command) {
      case Wire.UPLOAD -> upload(exchange);
      case Wire.DOWNLOAD -> download(exchange);
      case Wire.DELETE -> {
        FileName name = name(exchange.body(Wire.GROUP + 1, LONGEST), 0);
        Files.delete(folder.existing(name));
        replication.deleted(this, name);
        exchange.ok(new byte[0]);
      }
      case Wire.INFO -> {
        FileName name = name(exchange.body(Wire.GROUP + 1, LONGEST), 0);
        exchange.ok(info(name, Files.size(folder.existing(name))));
      }
      case Wire.ACTIVE_TEST -> exchange.ok(new byte[0]);
      default -> throw new Status(Status.INVALID);
    }
  }

  private void upload(Exchange exchange) throws IOException, Status, InterruptedException {
    FileName name = uploads.receive(exchange, full);
    replication.uploaded(this, name);
    String answered = name.text();
    if (exchange.fault.filter(Fault.WrongId.class::isInstance).isPresent()) {
      answered = FileName.make(address, name.crc() & 0xFFFF, ~name.crc(), "dcm").text();
    }
    byte[] text = answered.getBytes(StandardCharsets.UTF_8);
    exchange.ok(
        ByteBuffer.allocate(Wire.GROUP + text.length)
            .put(Wire.fixed(group, Wire.GROUP))
            .put(text)
            .array());
  }

  private void download(Exchange exchange) throws IOException, Status, InterruptedException {
    byte[] body = exchange.body(2 * Long.BYTES + Wire.GROUP + 1, LONGEST);
    ByteBuffer range = ByteBuffer.wrap(body);
    Path file = folder.existing(name(body, 2 * Long.BYTES));
    downloads.send(exchange, file, range.getLong(), range.getLong());
  }

  private FileName name(byte[] body, int offset) throws Status {
    if (!Wire.text(body, offset, Wire.GROUP).equals(group)) {
      throw new Status(Status.INVALID);
    }
    int start = offset + Wire.GROUP;
    return FileName.parse(new String(body, start, body.length - start, StandardCharsets.UTF_8));
  }

  private static byte[] info(FileName name, long size) {
    return ByteBuffer.allocate(40)
        .putLong(size)
        .putLong(name.time())
        .putLong(name.crc())
        .put(Wire.fixed(name.source().getHostAddress(), 16))
        .array();
  }
}
