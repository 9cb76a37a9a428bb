package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.regionalpacs.index.PossibleOrphan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Possible orphans that outlast a crash: each is a file first, which a thread of its own moves into
 * a table as soon as that takes it, so that no upload ever waits for a database. Several processes
 * may share the folder.
 */
final class DurableOrphans implements OrphanJournal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DurableOrphans.class);
  private static final String SUFFIX = ".orphan";

  /** Files that aren't what they are to be yet. */
  static final String HALF = ".half";

  private static final Duration ABANDONED = Duration.ofDays(1);
  private static final int MOST_WAITING = 10_000;
  private static final int LATEST = 1000;

  private final String store;
  private final Path folder;
  private final Consumer<PossibleOrphan> table;
  private final OrphanJournal logged = new LoggedOrphans(LATEST);
  private final AtomicInteger waiting = new AtomicInteger();
  private final ScheduledExecutorService mover =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("orphans").factory());

  private final UploadsUnderWay underWay;

  private DurableOrphans(
      String store, Path folder, Consumer<PossibleOrphan> table, UploadsUnderWay underWay) {
    this.store = store;
    this.folder = folder;
    this.table = table;
    this.underWay = underWay;
  }

  /**
   * Opens it, and goes on with what an earlier process has left.
   *
   * @param store whose possible orphans they are
   * @param folder made when absent
   * @param table throws while it can't take them; takes one twice
   * @param pause between two attempts
   * @throws IllegalStateException when the folder can't be used
   */
  static DurableOrphans open(
      String store, Path folder, Consumer<PossibleOrphan> table, Duration pause) {
    UploadsUnderWay underWay;
    try {
      Files.createDirectories(folder);
      removeHalves(folder);
      underWay = UploadsUnderWay.open(folder);
    } catch (IOException e) {
      throw new IllegalStateException(
          "pacs.fastdfs.orphans: folder '" + folder + "' can't be used: " + e.getMessage(), e);
    }
    DurableOrphans orphans = new DurableOrphans(store, folder, table, underWay);
    orphans.mover.scheduleWithFixedDelay(orphans::move, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return orphans;
  }

  /** What a crash left half-written; younger ones may be another process's. */
  private static void removeHalves(Path folder) throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + HALF)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** What can't be written is in the log only: an upload's success doesn't depend on it. */
  @Override
  public void add(PossibleOrphan orphan) {
    logged.add(orphan);
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      LOG.error("More than {} possible orphans wait for the database", MOST_WAITING);
      return;
    }
    try {
      write(orphan);
    } catch (IOException e) {
      LOG.error("A possible orphan is in the log only", e);
    }
  }

  private void write(PossibleOrphan orphan) throws IOException {
    Path half = folder.resolve(orphan.id() + HALF);
    try (FileChannel out =
        FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(StandardCharsets.UTF_8.encode(OrphanText.of(orphan)));
      out.force(true);
    }
    Files.move(half, folder.resolve(orphan.id() + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public Upload begin(String name, long size) {
    return underWay.begin(name, size);
  }

  private void died(UploadsUnderWay.Left left) {
    add(
        new PossibleOrphan(
            UUID.randomUUID(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            store,
            "",
            left.name(),
            left.size(),
            left.size(),
            OptionalLong.empty(),
            left.id(),
            left.id().isPresent()
                ? "the process that had just uploaded it died"
                : "the process that uploaded it died"));
  }

  @Override
  public List<PossibleOrphan> latest() {
    return logged.latest();
  }

  /** Moves all that wait; the first one that isn't taken ends it until the next time. */
  private void move() {
    try {
      UploadsUnderWay.tellLeft(folder, this::died);
      List<Path> files = files();
      for (Path file : files) {
        table.accept(OrphanText.parse(Files.readString(file)));
        Files.deleteIfExists(file);
      }
      waiting.set(files().size());
    } catch (IOException | RuntimeException e) {
      LOG.debug("Possible orphans wait in {}", folder, e);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      found.forEach(files::add);
    }
    return files;
  }

  @Override
  public void close() {
    mover.shutdownNow();
    underWay.close();
  }
}
