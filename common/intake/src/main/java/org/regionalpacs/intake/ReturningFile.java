package org.regionalpacs.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.messages.ReceptionId;

/**
 * The temporary file of an object that comes back from an archive, beside those of receptions: what
 * a dead process leaves is removed like theirs. Closing deletes the temporary name.
 */
final class ReturningFile implements Closeable {
  private static final int BUFFER = 128 * 1024;

  private final Path path;
  private final NodeObject object;
  private final FileChannel channel;

  private ReturningFile(Path path, NodeObject object, FileChannel channel) {
    this.path = path;
    this.object = object;
    this.channel = channel;
  }

  static ReturningFile create(Path folder, NodeObject object) throws IOException {
    Path path = folder.resolve(UUID.randomUUID() + PartFile.SUFFIX);
    return new ReturningFile(
        path,
        object,
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  Path path() {
    return path;
  }

  /**
   * Writes all of it, and flushes it when it is the object.
   *
   * @throws NotTheObjectException when it isn't
   */
  void write(InputStream content, FreeSpace.Claim claim, OnlineObjects.Pace pace)
      throws IOException {
    MessageDigest sha256 = PartFile.sha256();
    byte[] buffer = new byte[BUFFER];
    long written = 0;
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      int header = (int) Math.clamp(object.dataSetOffset() - written, 0, count);
      sha256.update(buffer, header, count - header);
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      written += count;
      if (written > object.length()) {
        break;
      }
      claim.wrote(count);
      pace.read(count);
    }
    require(written == object.length(), "of " + object.length() + " bytes come " + written);
    String digest = HexFormat.of().formatHex(sha256.digest());
    require(digest.equals(object.digest()), "its digest is " + digest);
    Files.setLastModifiedTime(path, FileTime.from(received(header().seal())));
    channel.force(true);
  }

  /** A file without a seal gets its reception id from its time. */
  private Instant received(Seal seal) {
    UUID receptionId = object.reception().receptionId();
    return seal.receptionId().equals(receptionId)
        ? seal.received()
        : Instant.ofEpochMilli(ReceptionId.timeMillis(receptionId));
  }

  private FileHeader header() throws IOException {
    Optional<StoredFile> file = StoredFile.read(path, object.reception().tenant());
    require(file.isPresent(), "it can't be read");
    FileHeader header = file.orElseThrow().header();
    require(
        file.get().dataSetOffset() == object.dataSetOffset()
            && header.sopInstance().equals(object.reception().sop())
            && header.transferSyntax().equals(object.transferSyntax()),
        "its file meta information is another's");
    return header;
  }

  private static void require(boolean condition, String otherwise) throws NotTheObjectException {
    if (!condition) {
      throw new NotTheObjectException(otherwise);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    }
  }
}
