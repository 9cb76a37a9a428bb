package org.regionalpacs.codec.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;

/**
 * What parent and child write to each other: numbers big endian, texts as {@code
 * DataOutput.writeUTF} does, bytes after their count. What is read isn't trusted.
 */
final class Wire {
  /** The child's first number; another version of this program has another. */
  static final int HELLO = 0x5043_0001;

  /** Before every answer: whatever a library prints isn't taken for one. */
  static final int ANSWER = 0x5043_414E;

  private static final int MOST_LIBRARIES = 16;
  private static final int LONGEST_TEXT = 1000;

  private Wire() {}

  static void write(DataOutputStream out, ImageDescription image) throws IOException {
    out.writeShort(image.rows());
    out.writeShort(image.columns());
    out.writeByte(image.photometric().ordinal());
    out.writeByte(image.bitsAllocated());
    out.writeByte(image.bitsStored());
    out.writeByte(image.highBit());
    out.writeBoolean(image.signed());
    out.writeBoolean(image.planar());
  }

  static ImageDescription readImage(DataInputStream in) throws IOException {
    int rows = in.readUnsignedShort();
    int columns = in.readUnsignedShort();
    int photometric = in.readUnsignedByte();
    int allocated = in.readUnsignedByte();
    int stored = in.readUnsignedByte();
    int high = in.readUnsignedByte();
    boolean whole = allocated == 1 || allocated == 8 || allocated == 16 || allocated == 32;
    require(rows > 0 && columns > 0 && photometric < Photometric.values().length && whole, "image");
    require(stored > 0 && stored <= allocated && high >= stored - 1 && high < allocated, "image");
    return new ImageDescription(
        rows,
        columns,
        Photometric.values()[photometric],
        allocated,
        stored,
        high,
        in.readBoolean(),
        in.readBoolean());
  }

  static void write(DataOutputStream out, EncoderOptions options) throws IOException {
    switch (options.quality()) {
      case Quality.Lossless _ -> writeQuality(out, 0, 0);
      case Quality.Near(int difference) -> writeQuality(out, 1, difference);
      case Quality.Ratio(double ratio) -> writeQuality(out, 2, ratio);
      case Quality.Psnr(double decibels) -> writeQuality(out, 3, decibels);
      case Quality.Percent(int percent) -> writeQuality(out, 4, percent);
    }
    out.writeByte(options.resolutions());
    out.writeByte(options.layers());
    out.writeBoolean(options.byResolution());
  }

  private static void writeQuality(DataOutputStream out, int kind, double value)
      throws IOException {
    out.writeByte(kind);
    out.writeDouble(value);
  }

  static EncoderOptions readOptions(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    double value = in.readDouble();
    try {
      Quality quality =
          switch (kind) {
            case 0 -> Quality.LOSSLESS;
            case 1 -> new Quality.Near((int) value);
            case 2 -> new Quality.Ratio(value);
            case 3 -> new Quality.Psnr(value);
            case 4 -> new Quality.Percent((int) value);
            default -> throw new ProtocolException("no such quality");
          };
      return new EncoderOptions(
          quality, in.readUnsignedByte(), in.readUnsignedByte(), in.readBoolean());
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(e.getMessage());
    }
  }

  static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Bytes.
   *
   * @param most that there may be; only then anything is allocated
   */
  static byte[] readBytes(DataInputStream in, long most) throws IOException {
    int length = in.readInt();
    require(length >= 0 && length <= most, "number of bytes");
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    out.writeUTF(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
  }

  static void write(DataOutputStream out, Iterable<Availability> libraries) throws IOException {
    for (Availability library : libraries) {
      out.writeBoolean(true);
      writeText(out, library.library());
      writeText(out, library.debianPackage());
      out.writeBoolean(library.usable());
      writeText(out, library.detail());
    }
    out.writeBoolean(false);
  }

  static List<Availability> readLibraries(DataInputStream in) throws IOException {
    List<Availability> libraries = new ArrayList<>();
    while (in.readBoolean()) {
      require(libraries.size() < MOST_LIBRARIES, "number of libraries");
      libraries.add(new Availability(in.readUTF(), in.readUTF(), in.readBoolean(), in.readUTF()));
    }
    return List.copyOf(libraries);
  }

  static void require(boolean condition, String what) throws ProtocolException {
    if (!condition) {
      throw new ProtocolException("a codec process sent or was sent an impossible " + what);
    }
  }
}
