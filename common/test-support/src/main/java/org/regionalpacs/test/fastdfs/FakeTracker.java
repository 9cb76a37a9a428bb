package org.regionalpacs.test.fastdfs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tracker. It never ends a connection on an error. It answers 2 for every file of a group none of
 * whose storages is active: it doesn't know files.
 */
public final class FakeTracker implements Listener.Service {
  private static final int LONGEST = 1024;

  private final InetAddress address;
  private final List<FakeStorage> storages;
  private final Faults faults = new Faults();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Listener listener;

  FakeTracker(InetAddress address, List<FakeStorage> storages) throws IOException {
    this.address = address;
    this.storages = storages;
    this.listener = Listener.start(address, 0, this, faults);
  }

  /** What is to go wrong here. */
  public Faults faults() {
    return faults;
  }

  /** Dies as by kill -9. */
  public void kill() throws IOException {
    listener.kill();
  }

  /** Runs again, on the same port. */
  public void restart() throws IOException {
    kill();
    listener = Listener.start(address, listener.port(), this, faults);
  }

  /** {@code host:port}. */
  public String hostAndPort() {
    return address.getHostAddress() + ":" + listener.port();
  }

  @Override
  public boolean endsConnection(int status) {
    return false;
  }

  @Override
  public void serve(Exchange exchange) throws IOException, Status {
    byte[] body = exchange.body(0, LONGEST);
    switch (exchange.command) {
      case Wire.STORE -> {
        requireLength(body, 0);
        exchange.ok(store(storages));
      }
      case Wire.STORE_IN_GROUP -> {
        requireLength(body, Wire.GROUP);
        exchange.ok(store(members(body)));
      }
      case Wire.FETCH_ONE -> exchange.ok(place(List.of(inTurn(active(body)))));
      case Wire.FETCH_ALL -> exchange.ok(place(active(body)));
      case Wire.UPDATE -> exchange.ok(place(List.of(source(body))));
      case Wire.ACTIVE_TEST -> exchange.ok(new byte[0]);
      default -> throw new Status(Status.INVALID);
    }
  }

  private static void requireLength(byte[] body, int length) throws Status {
    if (body.length != length) {
      throw new Status(Status.INVALID);
    }
  }

  private List<FakeStorage> members(byte[] body) {
    String group = Wire.text(body, 0, Wire.GROUP);
    return storages.stream().filter(storage -> storage.group().equals(group)).toList();
  }

  private FakeStorage inTurn(List<FakeStorage> some) {
    return some.get(Math.floorMod(turn.getAndIncrement(), some.size()));
  }

  private byte[] store(List<FakeStorage> candidates) throws Status {
    List<FakeStorage> active = running(candidates);
    List<FakeStorage> roomy = active.stream().filter(storage -> !storage.isFull()).toList();
    if (roomy.isEmpty()) {
      throw new Status(Status.FULL);
    }
    FakeStorage storage = inTurn(roomy);
    return ByteBuffer.allocate(40).put(place(List.of(storage))).put((byte) 0).array();
  }

  private static List<FakeStorage> running(List<FakeStorage> candidates) throws Status {
    List<FakeStorage> active = candidates.stream().filter(storage -> !storage.killed()).toList();
    if (active.isEmpty()) {
      throw new Status(Status.MISSING);
    }
    return active;
  }

  private List<FakeStorage> active(byte[] body) throws Status {
    name(body);
    return running(members(body));
  }

  private FakeStorage source(byte[] body) throws Status {
    InetAddress source = name(body).source();
    List<FakeStorage> active = active(body);
    return active.stream()
        .filter(storage -> storage.address().equals(source))
        .findFirst()
        .orElseGet(() -> inTurn(active));
  }

  private static FileName name(byte[] body) throws Status {
    if (body.length <= Wire.GROUP) {
      throw new Status(Status.INVALID);
    }
    return FileName.parse(
        new String(body, Wire.GROUP, body.length - Wire.GROUP, StandardCharsets.UTF_8));
  }

  /** Group, address and port of the first, addresses of the others: a group has one port. */
  private static byte[] place(List<FakeStorage> all) {
    FakeStorage first = all.getFirst();
    ByteBuffer body =
        ByteBuffer.allocate(Wire.GROUP + Long.BYTES + all.size() * Wire.ADDRESS)
            .put(Wire.fixed(first.group(), Wire.GROUP))
            .put(Wire.fixed(first.address().getHostAddress(), Wire.ADDRESS))
            .putLong(first.port());
    for (FakeStorage other : all.subList(1, all.size())) {
      body.put(Wire.fixed(other.address().getHostAddress(), Wire.ADDRESS));
    }
    return body.array();
  }
}
