package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.storage.ContentDigest;
import org.regionalpacs.storage.chunked.ChunkedBlobStore;
import org.regionalpacs.storage.chunked.ChunkingSettings;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Faults;
import org.regionalpacs.test.fastdfs.Wire;

/**
 * Every fault in every operation: a right result or a typed error, in time, and no wrong byte. The
 * table of results is printed, and kept in {@code target/fault-matrix.txt}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest {
  private static final int SIZE = 300_000;
  private static final int BLOCK = 100_000;
  private static final int OFFSET = 150_000;
  private static final int LENGTH = 120_000;
  private static final Duration IO_TIMEOUT = Duration.ofMillis(1500);
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final Pattern ID = Pattern.compile("group1/\\S+");
  private static final Map<String, Map<Operation, String>> RESULTS = new ConcurrentSkipListMap<>();

  @TempDir Path folder;
  private Cluster cluster;
  private byte[] content;
  private BlobStore store;
  private String kept;
  private boolean changing;

  enum Operation {
    PUT(Wire.UPLOAD, Wire.STORE),
    GET(Wire.DOWNLOAD, Wire.FETCH_ALL),
    RANGE(Wire.DOWNLOAD, Wire.FETCH_ALL),
    DIGEST(Wire.DOWNLOAD, Wire.FETCH_ALL),
    STAT(Wire.INFO, Wire.FETCH_ALL),
    DELETE(Wire.DELETE, Wire.UPDATE),
    BLOCKS_PUT(Wire.UPLOAD, Wire.STORE),
    BLOCKS_GET(Wire.DOWNLOAD, Wire.FETCH_ALL),
    BLOCKS_RANGE(Wire.DOWNLOAD, Wire.FETCH_ALL),
    BLOCKS_DIGEST(Wire.DOWNLOAD, Wire.FETCH_ALL),
    BLOCKS_STAT(Wire.INFO, Wire.FETCH_ALL),
    BLOCKS_DELETE(Wire.DELETE, Wire.UPDATE);

    final int storageCommand;
    final int trackerCommand;

    Operation(int storageCommand, int trackerCommand) {
      this.storageCommand = storageCommand;
      this.trackerCommand = trackerCommand;
    }

    boolean inBlocks() {
      return compareTo(BLOCKS_PUT) >= 0;
    }
  }

  enum Side {
    STORAGE,
    TRACKER
  }

  enum Extent {
    /** The next request only. */
    ONCE,
    /** One of two servers, for ever. */
    ONE_SERVER,
    /** All servers, for ever. */
    ALL_SERVERS
  }

  record Case(Side side, Extent extent, Operation operation, Fault fault) {
    int command() {
      return side == Side.STORAGE ? operation.storageCommand : operation.trackerCommand;
    }

    /** Whether the operation must succeed all the same. */
    boolean harmless() {
      if (side == Side.TRACKER) {
        return extent != Extent.ALL_SERVERS || fault instanceof Fault.SplitHeader;
      }
      return switch (fault) {
        case Fault.SplitHeader() -> true;
        // It has been given to the reader when it is noticed, or can't be noticed in a range.
        case Fault.CorruptDownload() -> false;
        // The other storage can't prove that this one has deleted.
        case Fault.LoseResponse(), Fault.WithholdResponse() ->
            extent == Extent.ONCE
                || extent == Extent.ONE_SERVER && operation.storageCommand != Wire.DELETE;
        default -> extent != Extent.ALL_SERVERS;
      };
    }
  }

  static Stream<Case> cases() {
    return Arrays.stream(Side.values())
        .flatMap(side ->
            Arrays.stream(Extent.values())
                .flatMap(extent ->
                    Arrays.stream(Operation.values())
                        .flatMap(operation ->
                            faults(side, operation)
                                .map(fault -> new Case(side, extent, operation, fault)))));
  }

  private static Stream<Fault> faults(Side side, Operation operation) {
    Stream<Fault> any =
        Stream.of(
            new Fault.Answer(side == Side.STORAGE ? 5 : 2),
            new Fault.Answer(28),
            new Fault.Hang(),
            new Fault.LoseResponse(),
            new Fault.SplitHeader());
    if (side == Side.TRACKER) {
      return any;
    }
    Stream<Fault> further =
        Stream.of(new Fault.Answer(16), new Fault.Answer(22), new Fault.WithholdResponse());
    Stream<Fault> own =
        switch (operation.storageCommand) {
          case Wire.UPLOAD ->
              Stream.of(
                  new Fault.DropUpload(0),
                  new Fault.DropUpload(60_000),
                  new Fault.DropUpload(operation.inBlocks() ? BLOCK : SIZE),
                  new Fault.HangUpload(60_000),
                  new Fault.WrongId());
          case Wire.DOWNLOAD ->
              Stream.of(
                  new Fault.TruncateDownload(0),
                  new Fault.TruncateDownload(40_000),
                  new Fault.TruncateDownload(BLOCK - 1),
                  new Fault.HangDownload(40_000),
                  new Fault.CorruptDownload(),
                  new Fault.ShortenDownload(0),
                  new Fault.ShortenDownload(40_000));
          default -> Stream.empty();
        };
    return Stream.of(any, further, own).flatMap(faults -> faults);
  }

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(IO_TIMEOUT, folder, 2, 2);
    content = new byte[SIZE];
    new Random(1).nextBytes(content);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  @AfterAll
  static void print() throws IOException {
    StringBuilder table = new StringBuilder("%-52s".formatted("fault"));
    for (Operation operation : Operation.values()) {
      table.append(" %-13s".formatted(operation));
    }
    RESULTS.forEach((fault, results) -> {
      table.append("%n%-52s".formatted(fault));
      for (Operation operation : Operation.values()) {
        table.append(" %-13s".formatted(results.getOrDefault(operation, "-")));
      }
    });
    System.out.println(table);
    Files.writeString(Path.of("target/fault-matrix.txt"), table);
  }

  private BlobStore open(boolean inBlocks) {
    return inBlocks
        ? ChunkedBlobStore.open(
            cluster.store, new ChunkingSettings(BLOCK, BLOCK, 2, 4), folder.resolve("journals"))
        : cluster.store;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenAFault_whenOperated_thenTheResultIsRightOrTheErrorTyped(Case one) throws IOException {
    store = open(one.operation().inBlocks());
    kept = put();
    Set<String> known = parts(kept);
    // Nothing of it is in the heap.
    store = open(one.operation().inBlocks());
    changing = one.fault() instanceof Fault.CorruptDownload;
    plan(one);

    long begin = System.nanoTime();
    Optional<IOException> failure = attempt(one.operation(), known);

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(Cluster.DEADLINE.plus(GRACE));
    failure.ifPresent(error -> {
      assertThat(one.harmless()).as("%s", error).isFalse();
      assertThat(error)
          .isInstanceOfAny(
              BlobStoreUnreachableException.class,
              BlobStoreFullException.class,
              BlobCorruptException.class);
    });
    tell(one, failure);
    cluster.servers.heal();
    if (one.operation().storageCommand != Wire.DELETE) {
      assertThat(get(kept, 0, -1)).isEqualTo(content);
    }
    assertThatCode(() -> store.delete(kept)).doesNotThrowAnyException();
    assertThat(store.stat(kept)).isEmpty();
    assertThat(files()).doesNotContainAnyElementsOf(known);
  }

  private void plan(Case one) {
    int servers = one.extent() == Extent.ONE_SERVER ? 1 : 2;
    for (int i = 0; i < servers; i++) {
      Faults faults =
          one.side() == Side.STORAGE
              ? cluster.servers.storage(i).faults()
              : cluster.servers.tracker(i).faults();
      if (one.extent() == Extent.ONCE) {
        faults.next(one.command(), one.fault());
      } else {
        faults.always(one.command(), one.fault());
      }
    }
  }

  private static void tell(Case one, Optional<IOException> failure) {
    String result =
        failure
            .map(error -> error.getClass().getSimpleName())
            .map(name -> name.replaceAll("Blob|Store|Exception", "").toLowerCase())
            .orElse("right");
    RESULTS
        .computeIfAbsent(
            "%s %s %s".formatted(one.side(), one.fault(), one.extent()),
            _ -> new ConcurrentHashMap<>())
        .put(one.operation(), result);
  }

  private Optional<IOException> attempt(Operation operation, Set<String> before)
      throws IOException {
    Set<String> known = new HashSet<>(before);
    try {
      switch (operation) {
        case PUT, BLOCKS_PUT -> {
          String id = put();
          known.addAll(parts(id));
          assertThat(get(id, 0, -1)).isEqualTo(content);
        }
        case GET, BLOCKS_GET -> assertThat(get(kept, 0, -1)).isEqualTo(content);
        case RANGE, BLOCKS_RANGE -> requireRange();
        case DIGEST, BLOCKS_DIGEST ->
            assertThat(store.digest(kept))
                .isEqualTo(ContentDigest.of(new ByteArrayInputStream(content)));
        case STAT, BLOCKS_STAT -> assertThat(store.stat(kept).orElseThrow().size()).isEqualTo(SIZE);
        case DELETE, BLOCKS_DELETE -> {
          store.delete(kept);
          assertThat(store.stat(kept)).isEmpty();
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } finally {
      requireUnknownFilesAreListed(known);
    }
  }

  /** Nothing tells whether bytes out of the middle of a file have changed on the way. */
  private void requireRange() throws IOException {
    byte[] range = get(kept, OFFSET, LENGTH);
    assertThat(range).hasSize(LENGTH);
    byte[] right = Arrays.copyOfRange(content, OFFSET, OFFSET + LENGTH);
    if (!Arrays.equals(range, right)) {
      assertThat(changing).as("bytes changed on the way").isTrue();
    }
  }

  private String put() throws IOException {
    return store.put("t/blob.dcm", new ByteArrayInputStream(content), SIZE).id();
  }

  private byte[] get(String id, long offset, long length) throws IOException {
    try (InputStream in = store.get(id, offset, length)) {
      return in.readAllBytes();
    }
  }

  /** The files of a blob that was just put. */
  private Set<String> parts(String id) throws IOException {
    Set<String> parts = ids(store.blockList(id).orElse(""));
    parts.add(id);
    return parts;
  }

  private static Set<String> ids(String text) {
    return ID.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private Set<String> files() throws IOException {
    Set<String> files = new HashSet<>();
    for (FakeStorage storage : cluster.servers.storages()) {
      files.addAll(storage.files());
    }
    return files;
  }

  private void requireUnknownFilesAreListed(Set<String> known) throws IOException {
    Set<String> unknown = files();
    unknown.removeAll(known);
    unknown.removeAll(blocksToGoOnWith());
    assertThat(cluster.orphans.latest()).hasSizeGreaterThanOrEqualTo(unknown.size());
    assertThat(cluster.counted("pacs.fastdfs.possible.orphans"))
        .isEqualTo(cluster.orphans.latest().size());
  }

  private Set<String> blocksToGoOnWith() throws IOException {
    Set<String> blocks = new HashSet<>();
    if (Files.isDirectory(folder.resolve("journals"))) {
      try (Stream<Path> journals = Files.list(folder.resolve("journals"))) {
        for (Path journal : journals.toList()) {
          blocks.addAll(ids(Files.readString(journal)));
        }
      }
    }
    return blocks;
  }
}
