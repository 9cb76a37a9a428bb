package org.regionalpacs.wado;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.EmbeddedServerException;
import org.regionalpacs.embedded.RedisServer;
import org.regionalpacs.embedded.RedisSettings;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Objects that are in FastDFS only, read over HTTP, with a Redis of the test's own. */
@TestPropertySource(
    properties = {
      "pacs.archive.store=fastdfs",
      "pacs.blocks.threshold=2MB",
      "pacs.blocks.size=2MB",
      "pacs.fastdfs.read-deadline=12s",
      "pacs.fastdfs.attempts=2",
      "pacs.cache.timeout=5s",
      "pacs.cache.pause=300ms",
      // What is asked here is asked of Redis.
      "pacs.cache.near=0B",
      // Where frames are is remembered in Redis only.
      "pacs.retrieve.cached-frames=0",
      "pacs.delete.enabled=true",
      // Bytes that move are counted.
      "pacs.prefetch.enabled=false"
    })
abstract class ColdIT extends WadoIT {
  static final Path FOLDER = temporary();
  static final FakeFastDfs FASTDFS = fastDfs();
  static final RedisServer REDIS = redis();

  @Autowired BlobStore archive;
  @Autowired MeterRegistry meters;

  @DynamicPropertySource
  static void engines(DynamicPropertyRegistry registry) {
    registry.add("pacs.fastdfs.trackers", FASTDFS::trackers);
    registry.add("pacs.fastdfs.spool", () -> FOLDER.resolve("spool").toString());
    registry.add("pacs.fastdfs.orphans", () -> FOLDER.resolve("orphans").toString());
    registry.add("pacs.catalogue.root", () -> FOLDER.resolve("catalogue").toString());
    registry.add("pacs.blocks.journals", () -> FOLDER.resolve("blocks").toString());
    registry.add("spring.data.redis.port", REDIS::port);
    registry.add("spring.data.redis.database", () -> 0);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("regional-pacs-cold-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FakeFastDfs fastDfs() {
    try {
      return FakeFastDfs.start(FOLDER.resolve("fastdfs"), 1, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RedisServer redis() {
    try {
      return RedisServer.start(RedisSettings.in(FOLDER.resolve("redis")));
    } catch (EmbeddedServerException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void healed() throws Exception {
    FASTDFS.heal();
    redisAgain();
  }

  /** Whether it was killed or stopped. */
  static void redisAgain() throws Exception {
    if (REDIS.alive()) {
      signalRedis("CONT");
    } else {
      REDIS.restart();
    }
  }

  static FakeStorage storage() {
    return FASTDFS.storage(0);
  }

  static void signalRedis(String signal) throws Exception {
    long pid = EmbeddedServer.pid(FOLDER.resolve("redis"), "redis").orElseThrow();
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }

  /** Requests that were answered from a source. */
  long served(String operation, String source) {
    return meters
        .find("pacs.dicomweb.requests")
        .tags("operation", operation, "source", source, "outcome", "done")
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  /** Bytes that FastDFS sends while something is done. */
  static long moved(Runnable work) {
    long before = storage().sentBytes();
    work.run();
    return storage().sentBytes() - before;
  }

  /** Stores and archives an object; its online file goes. */
  StorageMessage cold(Attributes image) {
    return cold(part10(image));
  }

  StorageMessage cold(byte[] object) {
    StorageMessage message = archived(object);
    evict(message);
    return message;
  }

  StorageMessage archived(byte[] object) {
    store("/dicom-web/studies", object);
    StorageMessage message = indexer.index(1).getFirst();
    ReceptionKey key =
        new ReceptionKey(
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId());
    try {
      String id =
          new ArchiveName(key.tenant(), key.study(), key.series(), key.sop(), key.receptionId())
              .storeIn(archive, online.resolve(message.filePath()), new byte[] {'{', '}'});
      place(key, new ObjectLocation(archive.name(), "", id, 0, message.fileSize()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return message;
  }

  void place(ReceptionKey key, ObjectLocation location) {
    locationWriter.upsert(List.of(new PlacedObject(key, location)));
  }

  void evict(StorageMessage message) {
    try {
      Files.delete(online.resolve(message.filePath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until what is being written into Redis is there. */
  void awaitWritten() {
    Awaitility.await().until(() -> meters.get("pacs.cache.heap").gauge().value() == 0);
  }
}
