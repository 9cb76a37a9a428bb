package org.regionalpacs.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.regionalpacs.embedded.EmbeddedServerException;
import org.regionalpacs.storage.BlobStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "blobs",
    description =
        "Blobs on FastDFS: large ones in blocks and plain, hot ones from Redis, FastDFS and disk.",
    mixinStandardHelpOptions = true)
final class BlobsCommand implements Callable<Integer> {
  private static final double MB = 1e6;

  @Mixin Output output;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      defaultValue = "bench/target",
      description = "Where to write (${DEFAULT-VALUE}).")
  Path work = Path.of("bench/target");

  @Option(
      names = "--trackers",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "A real cluster. Without it, a stand-in that speaks the protocol, in a process of its"
              + " own.")
  List<String> trackers = List.of();

  @Option(
      names = "--large",
      paramLabel = "BYTES",
      defaultValue = "200000000",
      description = "Of a blob that is put and got (default: ${DEFAULT-VALUE}).")
  int large = 200_000_000;

  @Option(
      names = "--small",
      paramLabel = "BYTES",
      split = ",",
      defaultValue = "50000,525312",
      description = "Of a hot blob (default: ${DEFAULT-VALUE}, a CT slice compressed and not).")
  List<Integer> small = List.of(50_000, 525_312);

  @Option(
      names = "--objects",
      paramLabel = "N",
      defaultValue = "100",
      description = "Hot blobs (default: ${DEFAULT-VALUE}).")
  int objects = 100;

  @Option(
      names = "--readers",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,8",
      description = "So many read at a time (default: ${DEFAULT-VALUE}).")
  List<Integer> readers = List.of(1, 8);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds that count; one more goes before them (default: ${DEFAULT-VALUE}).")
  int rounds = 7;

  @Override
  public Integer call() throws IOException, InterruptedException, EmbeddedServerException {
    Files.createDirectories(work);
    String load = Machine.load();
    try (WorkFolder folder = WorkFolder.in(work)) {
      Optional<FastDfsProcess> standIn =
          trackers.isEmpty()
              ? Optional.of(FastDfsProcess.start(folder.path().resolve("cluster")))
              : Optional.empty();
      try (BlobStores stores =
          BlobStores.open(
              folder.path(), standIn.map(each -> List.of(each.trackers())).orElse(trackers))) {
        output.write(report(load, blocks(folder.path(), stores), reads(stores)));
      } finally {
        if (standIn.isPresent()) {
          standIn.get().close();
        }
      }
    }
    return 0;
  }

  private String blocks(Path folder, BlobStores stores) throws IOException {
    Path file = folder.resolve("large");
    writeRandom(file, large);
    Rates plainPuts = new Rates();
    Rates plainGets = new Rates();
    Rates blockPuts = new Rates();
    Rates blockGets = new Rates();
    for (int round = 0; round <= rounds; round++) {
      boolean counts = round > 0;
      new BlobTrial(stores.plain())
          .large(
              "bench/plain" + round,
              file,
              large,
              counts ? plainPuts : new Rates(),
              counts ? plainGets : new Rates());
      new BlobTrial(stores.blocks())
          .large(
              "bench/blocks" + round,
              file,
              large,
              counts ? blockPuts : new Rates(),
              counts ? blockGets : new Rates());
    }
    return largeRow("put", plainPuts, blockPuts) + largeRow("get", plainGets, blockGets);
  }

  private static String largeRow(String what, Rates plain, Rates blocks) {
    return "| %s | %s | %s | %.2f |%n"
        .formatted(what, megabytes(plain), megabytes(blocks), blocks.ratioTo(plain));
  }

  private String reads(BlobStores stores) throws IOException, InterruptedException {
    StringBuilder rows = new StringBuilder();
    for (int size : small) {
      rows.append(reads(stores, size));
    }
    return rows.toString();
  }

  private String reads(BlobStores stores, int size) throws IOException, InterruptedException {
    List<String> archived = new ArrayList<>();
    List<String> local = new ArrayList<>();
    byte[] content = new byte[size];
    Random random = new Random(1);
    for (int i = 0; i < objects; i++) {
      random.nextBytes(content);
      archived.add(stores.blocks().putBytes("bench/hot" + i, content, size).id());
      local.add(stores.local().putBytes("bench/hot" + size + "-" + i, content, size).id());
    }
    StringBuilder rows = new StringBuilder();
    for (int count : readers) {
      rows.append(readRow(stores, archived, local, size, count));
    }
    for (String id : archived) {
      stores.blocks().delete(id);
    }
    return rows.toString();
  }

  private String readRow(
      BlobStores stores, List<String> archived, List<String> local, int size, int count)
      throws IOException, InterruptedException {
    Rates fromStore = new Rates();
    Rates fromRedis = new Rates();
    Rates fromCache = new Rates();
    Rates fromDisk = new Rates();
    for (int round = 0; round <= rounds; round++) {
      // The first round fills the cache.
      double store = reads(stores.blocks(), archived, size, count);
      double redis = reads(stores.redis(), archived, size, count);
      double cache = reads(stores.cached(), archived, size, count);
      double disk = reads(stores.local(), local, size, count);
      if (round > 0) {
        fromStore.add(store);
        fromRedis.add(redis);
        fromCache.add(cache);
        fromDisk.add(disk);
      }
    }
    return "| %d | %d | %s | %s | %s | %s | %.2f | %.2f | %.2f |%n"
        .formatted(
            size,
            count,
            each(fromStore),
            each(fromRedis),
            each(fromCache),
            each(fromDisk),
            fromRedis.ratioTo(fromStore),
            fromCache.ratioTo(fromStore),
            fromDisk.ratioTo(fromStore));
  }

  private double reads(BlobStore store, List<String> ids, int size, int count)
      throws IOException, InterruptedException {
    return new BlobTrial(store).reads(ids, size, count);
  }

  private static void writeRandom(Path file, int size) throws IOException {
    byte[] block = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int left = size; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, Math.min(left, block.length));
      }
    }
  }

  private static String megabytes(Rates rates) {
    return "%.0f (%.0f to %.0f)"
        .formatted(rates.median() / MB, rates.lowest() / MB, rates.highest() / MB);
  }

  private static String each(Rates rates) {
    return "%.0f (%.0f to %.0f)".formatted(rates.median(), rates.lowest(), rates.highest());
  }

  private String report(String loadBefore, String blocks, String reads) throws IOException {
    return """
    # Blobs on FastDFS

    %s. %s In turn, %d rounds count; median (lowest to highest); ratios are the medians of the ratios
    round by round.

    ## %d bytes in blocks, and plain
    Megabytes a second. Plain: one file of FastDFS. Blocks: 8 MB each, four side by side, as the
    product does; the get is one reader's, which has the next block fetched while it reads one.

    | what | plain | blocks | blocks are so many times as fast |
    |---|---:|---:|---:|
    %s
    ## Reading %d hot blobs
    Blobs a second, each read whole, all of them by each reader. Hot cache: as the product has it, with
    what was read within a minute in the heap. Redis: the same without that, as for the first reader of
    another process.

    | bytes | readers | FastDFS | Redis | hot cache | local file | Redis is so many times as fast as FastDFS | hot cache | local file |
    |---:|---:|---:|---:|---:|---:|---:|---:|---:|
    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            trackers.isEmpty()
                ? "Not a real cluster: a stand-in that speaks FastDFS's protocol, one storage on the"
                    + " same machine, so its own disk and network cost nothing."
                : "A real cluster.",
            rounds,
            large,
            blocks,
            objects,
            reads,
            loadBefore,
            Machine.load(),
            Machine.describe(List.of()));
  }
}
