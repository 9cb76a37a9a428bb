package org.regionalpacs.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

/**
 * Where the frames of an object are, found without reading pixel data. Immutable; the same layout
 * serves every copy of the object, as the positions belong to the object.
 */
public final class PixelFrames {
  /** Where encapsulated frames or a native pixel data value lie. */
  sealed interface Layout {}

  record Encapsulated(List<List<BulkData>> frames) implements Layout {}

  record Native(long offset, long length, int count, long frameBits, int swapUnit)
      implements Layout {}

  private static final List<Integer> PIXELS =
      List.of(Tag.PixelData, Tag.FloatPixelData, Tag.DoubleFloatPixelData);

  private final String transferSyntax;
  private final boolean deflated;
  private final long dataSetOffset;
  private final Layout layout;

  private PixelFrames(DicomInputStream in, Layout layout) {
    boolean encapsulated = layout instanceof Encapsulated;
    this.transferSyntax = encapsulated ? in.transferSyntax() : UID.ExplicitVRLittleEndian;
    this.deflated = TransferSyntax.of(in.transferSyntax()).isDeflated();
    this.dataSetOffset = in.dataSetOffset();
    this.layout = layout;
  }

  PixelFrames(String transferSyntax, boolean deflated, long dataSetOffset, Layout layout) {
    this.transferSyntax = transferSyntax;
    this.deflated = deflated;
    this.dataSetOffset = dataSetOffset;
    this.layout = layout;
  }

  /** To be kept elsewhere, for {@link #fromBytes}. */
  public byte[] toBytes() {
    return PixelFramesBytes.write(transferSyntax, deflated, dataSetOffset, layout);
  }

  /** What {@link #toBytes} gave; empty when these are other bytes, or those of another release. */
  public static Optional<PixelFrames> fromBytes(byte[] bytes) {
    return PixelFramesBytes.read(bytes);
  }

  /**
   * Finds the frames of an object.
   *
   * @throws NoPixelDataException when there are none, or attributes that say where are missing
   * @throws DicomFormatException when the object can't be read that far
   */
  public static PixelFrames of(ByteSource part10) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      in.bulkDataThreshold(1024)
          .leaveInPlace(tag -> tag == Tag.ExtendedOffsetTable || isPixels(tag))
          .keepOnly(tag -> tag >>> 16 == 0x0028 || tag == Tag.ExtendedOffsetTable || isPixels(tag));
      return of(header(in), in);
    }
  }

  /**
   * Finds the frames of an object whose header was read for another purpose too.
   *
   * @param dataSet at least group 0028, Extended Offset Table and pixel data; the values for which
   *     {@link #isPixels} holds were left in place
   * @param in what it was read from, not closed yet
   * @throws NoPixelDataException when there are none, or attributes that say where are missing
   */
  public static PixelFrames of(Attributes dataSet, DicomInputStream in) throws IOException {
    for (int tag : PIXELS) {
      var element = dataSet.element(tag);
      if (element.isPresent()) {
        return new PixelFrames(in, layout(element.get(), dataSet, in));
      }
    }
    throw new NoPixelDataException("the object has no pixel data");
  }

  /** Whether it is an element that holds frames (PS3.3 C.7.6.3, C.7.6.24, C.7.6.25). */
  public static boolean isPixels(int tag) {
    return PIXELS.contains(tag);
  }

  /** What is damaged behind the pixel data doesn't keep the frames from being found. */
  private static Attributes header(DicomInputStream in) throws IOException {
    try {
      return in.readDataSetUntil(Tag.DataSetTrailingPadding);
    } catch (DicomFormatException e) {
      if (in.readSoFar().containsValue(Tag.PixelData)) {
        return in.readSoFar();
      }
      throw e;
    }
  }

  private static Layout layout(Element pixels, Attributes dataSet, DicomInputStream in)
      throws IOException {
    int count = Math.max(1, dataSet.getInt(Tag.NumberOfFrames, 1));
    if (pixels.value() instanceof Fragments fragments) {
      int codestreams = EncapsulatedFrames.isVideo(in.transferSyntax()) ? 1 : count;
      return new Encapsulated(
          EncapsulatedFrames.find(fragments, codestreams, dataSet, in.valueSource()));
    }
    if (!(pixels.value() instanceof BulkData value)) {
      throw new NoPixelDataException("the pixel data is a sequence");
    }
    long bits = frameBits(pixels.tag(), dataSet);
    // Some files promise more frames than they have: those that are there are served.
    long there = value.length() * 8 / bits;
    if (there == 0) {
      throw new NoPixelDataException(
          "pixel data has %d bytes, a frame of %d bits needs more".formatted(value.length(), bits));
    }
    int frames = (int) Math.min(count, there);
    // PS3.5 8.1.1: OW in big endian swaps 16-bit words even when a pixel has 8 or 32 bits.
    int unit = dataSet.isBigEndian() ? pixels.vr().unit() : 1;
    return new Native(value.offset(), value.length(), frames, bits, unit);
  }

  private static long frameBits(int tag, Attributes dataSet) throws NoPixelDataException {
    long rows = dataSet.getInt(Tag.Rows, 0);
    long columns = dataSet.getInt(Tag.Columns, 0);
    int allocated =
        switch (tag) {
          case Tag.FloatPixelData -> 32;
          case Tag.DoubleFloatPixelData -> 64;
          default -> dataSet.getInt(Tag.BitsAllocated, 0);
        };
    if (rows <= 0 || columns <= 0 || allocated <= 0) {
      throw new NoPixelDataException("Rows, Columns or Bits Allocated is missing");
    }
    long samples = dataSet.getInt(Tag.SamplesPerPixel, 1);
    String photometric = dataSet.getString(Tag.PhotometricInterpretation, "");
    // PS3.3 C.7.6.3.1.2: chroma is stored for every second pixel only.
    if (samples == 3 && photometric.equals("YBR_FULL_422")) {
      samples = 2;
    }
    return rows * columns * samples * allocated;
  }

  /** Number of frames. */
  public int count() {
    return switch (layout) {
      case Encapsulated(var frames) -> frames.size();
      case Native nativeFrames -> nativeFrames.count();
    };
  }

  /** Whether frames are encapsulated codestreams. */
  public boolean encapsulated() {
    return layout instanceof Encapsulated;
  }

  /** Of the bytes that {@link #copy} writes: Explicit VR Little Endian for native frames. */
  public String transferSyntax() {
    return transferSyntax;
  }

  /**
   * Bytes of a frame.
   *
   * @param frame 1 to {@link #count()}
   */
  public long length(int frame) {
    return switch (layout) {
      case Encapsulated(var frames) ->
          frames.get(frame - 1).stream().mapToLong(BulkData::length).sum();
      case Native nativeFrames -> Math.ceilDiv(nativeFrames.frameBits(), 8);
    };
  }

  /** How many pieces its frames lie in, all together; native ones are reckoned and count as one. */
  public int pieces() {
    return switch (layout) {
      case Encapsulated(var frames) -> frames.stream().mapToInt(List::size).sum();
      case Native _ -> 1;
    };
  }

  /**
   * Where a frame lies in the object when its bytes are sent as they are there: in one piece, or a
   * piece a fragment.
   *
   * @param frame 1 to {@link #count()}
   * @return empty when {@link #copy} changes them: inflates, swaps or shifts
   */
  public Optional<List<BulkData>> asTheyLie(int frame) {
    if (deflated) {
      return Optional.empty();
    }
    return switch (layout) {
      case Encapsulated(var frames) -> Optional.of(frames.get(frame - 1));
      case Native at when at.swapUnit() == 1 && at.frameBits() % 8 == 0 -> {
        long length = at.frameBits() / 8;
        yield Optional.of(List.of(new BulkData(at.offset() + length * (frame - 1), length)));
      }
      case Native _ -> Optional.empty();
    };
  }

  /**
   * Copies a frame.
   *
   * @param part10 the object, or another copy of it
   * @param frame 1 to {@link #count()}
   */
  public void copy(ByteSource part10, int frame, OutputStream out) throws IOException {
    ByteSource source = deflated ? new InflatedSource(part10, dataSetOffset) : part10;
    switch (layout) {
      case Encapsulated(var frames) -> {
        for (BulkData part : frames.get(frame - 1)) {
          try (InputStream in = source.open(part.offset(), part.length())) {
            Swapping.copy(in, part.length(), 1, out);
          }
        }
      }
      case Native at -> copyNative(source, at, frame, out);
    }
  }

  private void copyNative(ByteSource source, Native at, int frame, OutputStream out)
      throws IOException {
    long firstBit = at.frameBits() * (frame - 1);
    long first = firstBit / 8;
    long bytes = Math.ceilDiv(at.frameBits(), 8);
    int shift = (int) (firstBit % 8);
    // A frame of 8-bit pixels may begin in the middle of a swapped word.
    long lead = first % at.swapUnit();
    long raw = Math.ceilDiv(firstBit + at.frameBits(), 8) - first;
    long wanted = Math.min(at.length() - first + lead, roundUp(raw + lead, at.swapUnit()));
    try (InputStream in = source.open(at.offset() + first - lead, wanted)) {
      if (shift == 0 && lead == 0 && wanted == bytes && at.frameBits() % 8 == 0) {
        Swapping.copy(in, bytes, at.swapUnit(), out);
        return;
      }
      try (var trimmed = new TrimmedOutput(out, lead, shift, bytes, at.frameBits())) {
        Swapping.copy(in, wanted, at.swapUnit(), trimmed);
      }
    } catch (EOFException e) {
      throw new DicomFormatException("pixel data ends early", at.offset() + first);
    }
  }

  private static long roundUp(long value, int unit) {
    return Math.ceilDiv(value, unit) * unit;
  }
}
