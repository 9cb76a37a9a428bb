package org.regionalpacs.storage;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an archive that chooses ids itself would forget with the database: which ids it gave, and
 * which objects were deleted. Files in a folder, only ever added to, so that a plain copy of the
 * folder is a backup:
 *
 * <pre>
 * [store]/[day, UTC]/[process].ids     lines: [reception id] [tenant] [blob id] ;
 * _deletions/[tenant]/[deletion id].json
 * </pre>
 *
 * <p>Everything else stands in the archive itself: a manifest behind each object ({@link
 * ArchiveName#readManifest}). A store that keeps names needs no catalogue, its names are one.
 */
public final class ArchiveCatalogue implements Closeable {
  private static final String IDS = ".ids";
  private static final int END = 256 * 1024;
  private static final int LONGEST_ENDS = 8 * 1024 * 1024;
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f-]{36}) ([A-Za-z0-9._-]{1,200}) (\\S{1,1300}) ;");

  private final Path root;
  private final LocalBlobStore deletions;
  private final DurableFolders folders;
  private final String process = UUID.randomUUID().toString();
  private Optional<Open> open = Optional.empty();

  private record Open(Path file, FileChannel channel) {}

  private ArchiveCatalogue(Path root, LocalBlobStore deletions) {
    this.root = root;
    this.deletions = deletions;
    this.folders = new DurableFolders(root);
  }

  /**
   * An archived object.
   *
   * @param tenant the hospital
   * @param receptionId the object
   * @param blobId what the store calls it
   */
  public record Entry(String tenant, UUID receptionId, String blobId) {}

  /**
   * Opens it, making its folder when absent. Several processes may share it.
   *
   * @throws IllegalStateException when the folder can't be used, saying why
   */
  public static ArchiveCatalogue open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    return new ArchiveCatalogue(root, LocalBlobStore.open("catalogue", root));
  }

  /**
   * Adds an object. Its process may die then; until {@link #flush} a loss of power loses it. An
   * object may be added twice, also under another id.
   */
  public synchronized void add(String store, Entry entry) throws IOException {
    String line = entry.receptionId() + " " + entry.tenant() + " " + entry.blobId() + " ;\n";
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line);
    try {
      FullDisk.typed(
          "catalogue",
          () -> {
            FileChannel channel = channel(store);
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
            return channel;
          });
    } catch (IOException e) {
      // The last line may be cut: the next one begins anew.
      close();
      folders.forget(root.resolve(store));
      throw e;
    }
  }

  /** Makes durable what was added. */
  public synchronized void flush() throws IOException {
    if (open.isPresent()) {
      open.get().channel().force(false);
    }
  }

  /** Today's file. */
  private FileChannel channel(String store) throws IOException {
    Path folder = root.resolve(store).resolve(LocalDate.now(ZoneOffset.UTC).toString());
    Path file = folder.resolve(process + IDS);
    if (open.isPresent() && open.get().file().equals(file)) {
      return open.get().channel();
    }
    // Flushed, as is all of yesterday's.
    close();
    folders.make(folder);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    open = Optional.of(new Open(file, channel));
    DurableFolders.flush(folder);
    if (channel.size() > 0) {
      // A line that was cut must not spoil the next one.
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    return channel;
  }

  /** Adds the journal record of a deletion. Adding it again changes nothing. */
  public void addDeletion(String name, byte[] json) throws IOException {
    deletions.put(name, new ByteArrayInputStream(json), json.length);
  }

  /** The journal of deletions, as a local archive has it. */
  public LocalBlobStore deletions() {
    return deletions;
  }

  /**
   * All objects of a store, in no order, some of them deleted since. To be closed. Lines that a
   * crash has cut are left out.
   *
   * @throws UncheckedIOException from the stream, when a file can't be read
   */
  public Stream<Entry> entries(String store) throws IOException {
    Path folder = root.resolve(store);
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    return entries(
        Files.walk(folder)
            .filter(file -> file.toString().endsWith(IDS))
            .flatMap(ArchiveCatalogue::lines));
  }

  /**
   * The latest entries of each process that wrote today or yesterday: what one of them had archived
   * when it died, and not recorded, is among them. A bounded number.
   */
  public Stream<Entry> latest(String store) throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    StringBuilder ends = new StringBuilder();
    for (LocalDate day : List.of(today.minusDays(1), today)) {
      Path folder = root.resolve(store).resolve(day.toString());
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + IDS)) {
          for (Path file : files) {
            if (ends.length() < LONGEST_ENDS) {
              ends.append(end(file)).append('\n');
            }
          }
        }
      }
    }
    return entries(ends.toString().lines());
  }

  /** A line that begins before it is no entry. */
  private static String end(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - END));
      return new String(
          Channels.newInputStream(channel).readNBytes(END), StandardCharsets.ISO_8859_1);
    }
  }

  private static Stream<Entry> entries(Stream<String> lines) {
    return lines
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> new Entry(line.group(2), UUID.fromString(line.group(1)), line.group(3)));
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.lines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (open.isPresent()) {
      Open last = open.get();
      open = Optional.empty();
      try (FileChannel channel = last.channel()) {
        channel.force(false);
      }
    }
  }
}
