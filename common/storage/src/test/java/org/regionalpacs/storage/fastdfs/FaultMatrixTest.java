package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Faults;
import org.regionalpacs.test.fastdfs.Wire;

/** Every fault in every operation: a right result or a typed error, in time, and no wrong byte. */
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest {
  private static final int SIZE = 300_000;
  private static final Duration IO_TIMEOUT = Duration.ofMillis(800);
  private static final Duration GRACE = Duration.ofSeconds(3);

  @TempDir Path folder;
  private Cluster cluster;
  private byte[] content;
  private String kept;

  enum Operation {
    PUT(Wire.UPLOAD, Wire.STORE),
    GET(Wire.DOWNLOAD, Wire.FETCH_ALL),
    STAT(Wire.INFO, Wire.FETCH_ALL),
    DELETE(Wire.DELETE, Wire.UPDATE);

    final int storageCommand;
    final int trackerCommand;

    Operation(int storageCommand, int trackerCommand) {
      this.storageCommand = storageCommand;
      this.trackerCommand = trackerCommand;
    }
  }

  enum Extent {
    /** The next request only. */
    ONCE,
    /** One of two servers, for ever. */
    ONE_SERVER,
    /** All servers, for ever. */
    ALL_SERVERS
  }

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(IO_TIMEOUT, folder, 2, 2);
    content = new byte[SIZE];
    new Random(1).nextBytes(content);
    kept = put();
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  private String put() throws IOException {
    return cluster.store.put("t/blob.dcm", new ByteArrayInputStream(content), SIZE).id();
  }

  private byte[] get(String id) throws IOException {
    try (InputStream in = cluster.store.get(id, 0, -1)) {
      return in.readAllBytes();
    }
  }

  static Stream<Arguments> storageFaults() {
    Stream.Builder<Arguments> all = Stream.builder();
    for (Extent extent : Extent.values()) {
      for (Operation operation : Operation.values()) {
        for (Fault fault : faults(operation)) {
          all.add(Arguments.of(extent, operation, fault));
        }
      }
    }
    return all.build();
  }

  private static List<Fault> faults(Operation operation) {
    List<Fault> any =
        List.of(
            new Fault.Answer(5),
            new Fault.Answer(16),
            new Fault.Answer(22),
            new Fault.Answer(28),
            new Fault.Hang(),
            new Fault.LoseResponse(),
            new Fault.WithholdResponse(),
            new Fault.SplitHeader());
    List<Fault> own =
        switch (operation) {
          case PUT ->
              List.of(
                  new Fault.DropUpload(0),
                  new Fault.DropUpload(100_000),
                  new Fault.DropUpload(SIZE),
                  new Fault.HangUpload(100_000),
                  new Fault.WrongId());
          case GET ->
              List.of(
                  new Fault.TruncateDownload(0),
                  new Fault.TruncateDownload(100_000),
                  new Fault.TruncateDownload(SIZE - 1),
                  new Fault.HangDownload(100_000),
                  new Fault.CorruptDownload(),
                  new Fault.ShortenDownload(0),
                  new Fault.ShortenDownload(100_000));
          case STAT, DELETE -> List.of();
        };
    return Stream.concat(any.stream(), own.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("storageFaults")
  void givenAFaultOfStorages_whenOperated_thenTheResultIsRightOrTheErrorTyped(
      Extent extent, Operation operation, Fault fault) throws IOException {
    List<FakeStorage> storages = cluster.servers.storages();
    for (FakeStorage storage : extent == Extent.ONE_SERVER ? storages.subList(0, 1) : storages) {
      plan(storage.faults(), extent, operation.storageCommand, fault);
    }
    operate(operation, isHarmless(extent, operation, fault));
  }

  private static boolean isHarmless(Extent extent, Operation operation, Fault fault) {
    return switch (fault) {
      case Fault.SplitHeader() -> true;
      // It has been given to the reader when it is noticed.
      case Fault.CorruptDownload() -> false;
      // The other storage can't prove that this one has deleted.
      case Fault.LoseResponse(), Fault.WithholdResponse() ->
          extent == Extent.ONCE || extent == Extent.ONE_SERVER && operation != Operation.DELETE;
      default -> extent != Extent.ALL_SERVERS;
    };
  }

  static Stream<Arguments> trackerFaults() {
    Stream.Builder<Arguments> all = Stream.builder();
    List<Fault> faults =
        List.of(
            new Fault.Answer(2),
            new Fault.Answer(28),
            new Fault.Hang(),
            new Fault.LoseResponse(),
            new Fault.SplitHeader());
    for (Extent extent : Extent.values()) {
      for (Operation operation : Operation.values()) {
        faults.forEach(fault -> all.add(Arguments.of(extent, operation, fault)));
      }
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("trackerFaults")
  void givenAFaultOfTrackers_whenOperated_thenTheResultIsRightOrTheErrorTyped(
      Extent extent, Operation operation, Fault fault) throws IOException {
    for (int i = 0; i < (extent == Extent.ONE_SERVER ? 1 : 2); i++) {
      plan(cluster.servers.tracker(i).faults(), extent, operation.trackerCommand, fault);
    }
    operate(operation, extent != Extent.ALL_SERVERS || fault instanceof Fault.SplitHeader);
  }

  private static void plan(Faults faults, Extent extent, int command, Fault fault) {
    if (extent == Extent.ONCE) {
      faults.next(command, fault);
    } else {
      faults.always(command, fault);
    }
  }

  private void operate(Operation operation, boolean mustSucceed) throws IOException {
    long begin = System.nanoTime();
    Optional<IOException> failure = attempt(operation);

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(Cluster.DEADLINE.plus(GRACE));
    if (failure.isPresent()) {
      assertThat(mustSucceed).as("%s", failure.get()).isFalse();
      assertThat(failure.get())
          .isInstanceOfAny(
              BlobStoreUnreachableException.class,
              BlobStoreFullException.class,
              BlobCorruptException.class);
    }
    cluster.servers.heal();
    if (operation != Operation.DELETE) {
      assertThat(get(kept)).isEqualTo(content);
    }
    assertThatCode(() -> cluster.store.delete(kept)).doesNotThrowAnyException();
    assertThat(cluster.store.stat(kept)).isEmpty();
  }

  private Optional<IOException> attempt(Operation operation) throws IOException {
    Set<String> acknowledged = new HashSet<>(Set.of(kept));
    try {
      switch (operation) {
        case PUT -> {
          String id = put();
          acknowledged.add(id);
          assertThat(get(id)).isEqualTo(content);
        }
        case GET -> assertThat(get(kept)).isEqualTo(content);
        case STAT -> assertThat(cluster.store.stat(kept)).isPresent();
        case DELETE -> {
          cluster.store.delete(kept);
          assertThat(cluster.store.stat(kept)).isEmpty();
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } finally {
      requireUnknownFilesAreListed(acknowledged);
    }
  }

  private void requireUnknownFilesAreListed(Set<String> acknowledged) throws IOException {
    Set<String> unknown = new HashSet<>();
    for (FakeStorage storage : cluster.servers.storages()) {
      unknown.addAll(storage.files());
    }
    unknown.removeAll(acknowledged);
    assertThat(cluster.orphans.latest()).hasSizeGreaterThanOrEqualTo(unknown.size());
    assertThat(cluster.counted("pacs.fastdfs.possible.orphans"))
        .isEqualTo(cluster.orphans.latest().size());
  }
}
