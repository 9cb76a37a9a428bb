package org.regionalpacs.metadata;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.metadata.IndexedFrames.IndexedRendition;

/**
 * A frame index as bytes, gzipped. Big endian, texts as {@link DataOutputStream#writeUTF}:
 *
 * <pre>
 * int    "RPFI"
 * short  version, 1
 * int    instances; of each
 *   uuid   reception id
 *   text   SOP Instance UID
 *   text   transfer syntax
 *   long   bytes of the file
 *   byte   renditions; of each
 *     uuid   id
 *     byte   0 lossless, 1 preview
 *     text   transfer syntax
 *     long   bytes of the file
 *   int    bytes of the layout, 0 when it isn't known
 *   bytes  the layout: PixelFrames.toBytes
 * </pre>
 *
 * <p>How much all layouts together may have, is {@link FrameIndexDraft}'s.
 */
final class FrameIndexBytes {
  static final int MAX_LAYOUT = 1024 * 1024;

  private static final int MAGIC = 0x52504649;
  private static final short VERSION = 1;
  private static final int MAX_INSTANCES = 10_000_000;
  private static final List<RenditionKind> KINDS =
      List.of(RenditionKind.LOSSLESS, RenditionKind.PREVIEW);

  private FrameIndexBytes() {}

  /** What is read is no frame index, or not a whole one. */
  static final class CorruptException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptException(String message) {
      super(message);
    }
  }

  static void write(List<IndexedFrames> instances, OutputStream out) throws IOException {
    GZIPOutputStream gzip = new GZIPOutputStream(out, 16 * 1024);
    DataOutputStream data = new DataOutputStream(gzip);
    data.writeInt(MAGIC);
    data.writeShort(VERSION);
    data.writeInt(instances.size());
    for (IndexedFrames instance : instances) {
      write(instance, data);
    }
    data.flush();
    gzip.finish();
  }

  private static void write(IndexedFrames instance, DataOutputStream data) throws IOException {
    write(instance.receptionId(), data);
    data.writeUTF(instance.sop());
    data.writeUTF(instance.transferSyntax());
    data.writeLong(instance.size());
    data.writeByte(instance.renditions().size());
    for (IndexedRendition rendition : instance.renditions()) {
      write(rendition.id(), data);
      data.writeByte(KINDS.indexOf(rendition.kind()));
      data.writeUTF(rendition.transferSyntax());
      data.writeLong(rendition.size());
    }
    data.writeInt(instance.layout().length);
    data.write(instance.layout());
  }

  private static void write(UUID id, DataOutputStream data) throws IOException {
    data.writeLong(id.getMostSignificantBits());
    data.writeLong(id.getLeastSignificantBits());
  }

  /**
   * Reads one, to its end.
   *
   * @throws CorruptException when it is damaged, or of another version
   */
  static List<IndexedFrames> read(InputStream in) throws IOException {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(new GZIPInputStream(in)))) {
      if (data.readInt() != MAGIC || data.readShort() != VERSION) {
        throw new CorruptException("not a frame index of version " + VERSION);
      }
      int count = bounded(data.readInt(), MAX_INSTANCES);
      List<IndexedFrames> instances = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        instances.add(instance(data));
      }
      if (data.read() >= 0) {
        throw new CorruptException("a frame index goes on behind its end");
      }
      return instances;
    } catch (EOFException | ZipException | UTFDataFormatException e) {
      throw new CorruptException("a frame index is damaged: " + e.getMessage());
    }
  }

  private static IndexedFrames instance(DataInputStream data) throws IOException {
    UUID reception = uuid(data);
    String sop = data.readUTF();
    String transferSyntax = data.readUTF();
    long size = data.readLong();
    int count = bounded(data.readByte(), Byte.MAX_VALUE);
    List<IndexedRendition> renditions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      renditions.add(
          new IndexedRendition(
              uuid(data),
              KINDS.get(bounded(data.readByte(), KINDS.size() - 1)),
              data.readUTF(),
              data.readLong()));
    }
    byte[] layout = new byte[bounded(data.readInt(), MAX_LAYOUT)];
    data.readFully(layout);
    return new IndexedFrames(sop, reception, transferSyntax, size, renditions, layout);
  }

  private static UUID uuid(DataInputStream data) throws IOException {
    return new UUID(data.readLong(), data.readLong());
  }

  private static int bounded(int value, int most) throws CorruptException {
    if (value < 0 || value > most) {
      throw new CorruptException("a frame index says " + value + " where " + most + " is most");
    }
    return value;
  }
}
