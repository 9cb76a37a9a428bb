package org.regionalpacs.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.io.PixelFrames.Encapsulated;
import org.regionalpacs.dicom.io.PixelFrames.Layout;
import org.regionalpacs.dicom.io.PixelFrames.Native;

/**
 * {@link PixelFrames} as bytes: a format number (1), transfer syntax, whether deflated, where the
 * data set begins; then 0 and the native layout, or 1 and the frames: how many, of each how many
 * fragments, of each offset and length. Big endian.
 */
final class PixelFramesBytes {
  private static final int FORMAT = 1;

  private PixelFramesBytes() {}

  static byte[] write(String transferSyntax, boolean deflated, long dataSetOffset, Layout layout) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(transferSyntax);
      out.writeBoolean(deflated);
      out.writeLong(dataSetOffset);
      switch (layout) {
        case Native at -> {
          out.writeByte(0);
          out.writeLong(at.offset());
          out.writeLong(at.length());
          out.writeInt(at.count());
          out.writeLong(at.frameBits());
          out.writeInt(at.swapUnit());
        }
        case Encapsulated(var frames) -> {
          out.writeByte(1);
          out.writeInt(frames.size());
          for (List<BulkData> frame : frames) {
            write(frame, out);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(List<BulkData> fragments, DataOutputStream out) throws IOException {
    out.writeInt(fragments.size());
    for (BulkData fragment : fragments) {
      out.writeLong(fragment.offset());
      out.writeLong(fragment.length());
    }
  }

  static Optional<PixelFrames> read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORMAT) {
        return Optional.empty();
      }
      String transferSyntax = in.readUTF();
      boolean deflated = in.readBoolean();
      long dataSetOffset = in.readLong();
      Layout layout =
          in.readByte() == 0
              ? new Native(in.readLong(), in.readLong(), in.readInt(), in.readLong(), in.readInt())
              : encapsulated(in);
      return in.available() == 0
          ? Optional.of(new PixelFrames(transferSyntax, deflated, dataSetOffset, layout))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Layout encapsulated(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<List<BulkData>> frames = new ArrayList<>();
    for (int frame = 0; frame < count; frame++) {
      int parts = in.readInt();
      List<BulkData> fragments = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        fragments.add(new BulkData(in.readLong(), in.readLong()));
      }
      frames.add(List.copyOf(fragments));
    }
    return new Encapsulated(List.copyOf(frames));
  }
}
