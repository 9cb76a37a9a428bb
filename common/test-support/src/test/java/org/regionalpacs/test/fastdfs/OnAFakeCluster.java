package org.regionalpacs.test.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.fastdfs.RawClient.Reply;

/** A cluster of one tracker and two groups, of two storages and of one. */
abstract class OnAFakeCluster {
  static final byte[] NONE = {};

  @TempDir Path folder;
  FakeFastDfs cluster;
  FakeStorage storage;
  FakeTracker tracker;

  @BeforeEach
  void start() throws IOException {
    cluster = FakeFastDfs.start(folder, 1, 2, 1);
    storage = cluster.storage(0);
    tracker = cluster.tracker(0);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static Reply ask(FakeStorage storage, int command, byte[] body) throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      return client.ask(command, body);
    }
  }

  final Reply ask(int command, byte[] body) throws IOException {
    try (RawClient client = RawClient.of(tracker)) {
      return client.ask(command, body);
    }
  }

  final String upload(byte[] content) throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      Reply reply = client.upload(content, "dcm");
      assertThat(reply.status()).isZero();
      return reply.text(0, 16) + "/" + reply.text(16, reply.body().length - 16);
    }
  }

  static Reply download(FakeStorage from, String id, long offset, long length) throws IOException {
    try (RawClient client = RawClient.of(from)) {
      return client.download(id, offset, length);
    }
  }
}
