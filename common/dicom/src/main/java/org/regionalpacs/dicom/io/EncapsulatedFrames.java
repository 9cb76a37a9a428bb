package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;

/** Which fragments make which frame (PS3.5 A.4). */
final class EncapsulatedFrames {
  /** MPEG-2, MPEG-4 and HEVC, also in several fragments (PS3.5 8.2.5 to 8.2.9, 8.2.13). */
  private static final Pattern VIDEO =
      Pattern.compile("1\\.2\\.840\\.10008\\.1\\.2\\.4\\.10[0-8](\\.1)?");

  private EncapsulatedFrames() {}

  /** Whether one codestream holds all frames, in however many fragments it lies. */
  static boolean isVideo(String transferSyntax) {
    return VIDEO.matcher(transferSyntax).matches();
  }

  /**
   * @param fragments all left in the source, the Basic Offset Table first
   * @param count Number of Frames; 1 for video
   */
  static List<List<BulkData>> find(
      Fragments fragments, int count, Attributes dataSet, ByteSource source) throws IOException {
    List<BulkData> parts = new ArrayList<>(fragments.size());
    for (Object fragment : fragments) {
      parts.add((BulkData) fragment);
    }
    if (parts.size() < 2) {
      throw new NoPixelDataException("encapsulated pixel data has no fragments");
    }
    BulkData offsetTable = parts.removeFirst();
    if (count == 1) {
      return List.of(List.copyOf(parts));
    }
    if (parts.size() == count) {
      return parts.stream().map(List::of).toList();
    }
    long[] offsets = offsets(offsetTable, dataSet, source);
    if (offsets.length == count) {
      Optional<List<List<BulkData>>> frames = byOffsets(parts, offsets);
      if (frames.isPresent()) {
        return frames.get();
      }
    }
    if (parts.size() == 1) {
      return List.of(List.copyOf(parts));
    }
    List<List<BulkData>> frames = byStartMarkers(parts, source);
    if (frames.size() != count) {
      throw new NoPixelDataException(
          "%d fragments can't be told apart into %d frames".formatted(parts.size(), count));
    }
    return frames;
  }

  /** Offsets of the frames from the first fragment's item tag: the extended table, or the basic. */
  private static long[] offsets(BulkData basic, Attributes dataSet, ByteSource source)
      throws IOException {
    var extended = dataSet.element(Tag.ExtendedOffsetTable);
    if (extended.isPresent() && extended.get().value() instanceof BulkData table) {
      return table(bytes(table, source), 8, dataSet.isBigEndian());
    }
    if (extended.isPresent() && extended.get().value() instanceof byte[] table) {
      return table(table, 8, dataSet.isBigEndian());
    }
    // A fragment, and those are in little endian always (PS3.5 A.4).
    return table(bytes(basic, source), 4, false);
  }

  private static byte[] bytes(BulkData table, ByteSource source) throws IOException {
    try (InputStream in = source.open(table.offset(), table.length())) {
      return in.readAllBytes();
    }
  }

  private static long[] table(byte[] bytes, int entry, boolean bigEndian) {
    long[] offsets = new long[bytes.length / entry];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] =
          entry == 8
              ? ByteOrder.int64(bytes, i * 8, bigEndian)
              : Integer.toUnsignedLong(ByteOrder.int32(bytes, i * 4, bigEndian));
    }
    return offsets;
  }

  /** Empty when the offsets aren't those of fragments, as in tables that were not rewritten. */
  private static Optional<List<List<BulkData>>> byOffsets(List<BulkData> parts, long[] offsets) {
    long origin = parts.getFirst().offset() - 8;
    List<List<BulkData>> frames = new ArrayList<>(offsets.length);
    int part = 0;
    for (int frame = 0; frame < offsets.length; frame++) {
      long end = frame + 1 < offsets.length ? origin + offsets[frame + 1] : Long.MAX_VALUE;
      List<BulkData> of = new ArrayList<>(1);
      while (part < parts.size() && parts.get(part).offset() - 8 < end) {
        of.add(parts.get(part++));
      }
      if (of.isEmpty() || of.getFirst().offset() - 8 != origin + offsets[frame]) {
        return Optional.empty();
      }
      frames.add(of);
    }
    return Optional.of(frames);
  }

  /** A fragment that begins a JPEG, JPEG-LS or JPEG 2000 codestream begins a frame. */
  private static List<List<BulkData>> byStartMarkers(List<BulkData> parts, ByteSource source)
      throws IOException {
    List<List<BulkData>> frames = new ArrayList<>();
    for (BulkData part : parts) {
      if (frames.isEmpty() || startsCodestream(part, source)) {
        frames.add(new ArrayList<>(2));
      }
      frames.getLast().add(part);
    }
    return frames;
  }

  private static boolean startsCodestream(BulkData part, ByteSource source) throws IOException {
    if (part.length() < 4) {
      return false;
    }
    byte[] head;
    try (InputStream in = source.open(part.offset(), 4)) {
      head = in.readNBytes(4);
    }
    int marker = ByteOrder.int32(head, 0, true);
    // JPEG SOI and the first byte of the next marker, JPEG 2000 SOC and SIZ.
    return marker >>> 8 == 0xFFD8FF || marker == 0xFF4FFF51;
  }
}
