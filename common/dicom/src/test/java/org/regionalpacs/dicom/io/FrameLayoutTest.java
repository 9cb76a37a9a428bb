package org.regionalpacs.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/**
 * Which bytes are which frame, by offset tables, by scanning, or because there is one codestream.
 */
class FrameLayoutTest {
  private static final byte[] JPEG = {-1, (byte) 0xD8, -1, (byte) 0xE0};
  private static final byte[] J2K = {-1, 0x4F, -1, 0x51};
  private static final byte[] MORE = {1, 2, 3, 4};

  private static byte[] file(String syntax, int frames, byte[] table, byte[]... parts)
      throws IOException {
    Fragments fragments = new Fragments();
    fragments.add(table);
    for (byte[] part : parts) {
      fragments.add(part);
    }
    return file(syntax, new Attributes(), frames, fragments);
  }

  private static byte[] file(String syntax, Attributes dataSet, int frames, Fragments fragments)
      throws IOException {
    dataSet.setInt(Tag.NumberOfFrames, frames).set(Tag.PixelData, VR.OB, fragments);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomOutputStream.writeFile(
        FileMeta.of(UID.SecondaryCaptureImageStorage, "1.2.3", syntax), dataSet, out);
    return out.toByteArray();
  }

  private static byte[] offsets(int... offsets) {
    ByteBuffer table = ByteBuffer.allocate(4 * offsets.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset : offsets) {
      table.putInt(offset);
    }
    return table.array();
  }

  private static long[] lengths(byte[] file) throws IOException {
    PixelFrames frames = PixelFrames.of(ByteSource.of(file));
    long[] lengths = new long[frames.count()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = frames.length(i + 1);
    }
    return lengths;
  }

  @Test
  void givenOneFragmentAFrame_whenFound_thenNoTableIsNeeded() throws IOException {
    assertThat(lengths(file(UID.JPEGBaseline8Bit, 3, offsets(), MORE, JPEG, MORE)))
        .containsExactly(4, 4, 4);
  }

  @Test
  void givenSeveralFragmentsAndABasicOffsetTable_whenFound_thenItDecides() throws IOException {
    assertThat(lengths(file(UID.JPEGBaseline8Bit, 2, offsets(0, 24), MORE, MORE, MORE)))
        .containsExactly(8, 4);
  }

  @Test
  void givenAnExtendedOffsetTable_whenTheBasicOneIsEmpty_thenItDecides() throws IOException {
    Fragments fragments = new Fragments();
    fragments.add(offsets());
    for (int i = 0; i < 3; i++) {
      fragments.add(MORE);
    }
    ByteBuffer table =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0).putLong(12);
    Attributes dataSet = new Attributes();
    dataSet.setBytes(Tag.ExtendedOffsetTable, VR.OV, table.array());
    assertThat(lengths(file(UID.JPEGBaseline8Bit, dataSet, 2, fragments))).containsExactly(4, 8);
  }

  @Test
  void givenNoTable_whenFound_thenFragmentsThatBeginACodestreamBeginAFrame() throws IOException {
    assertThat(lengths(file(UID.JPEGBaseline8Bit, 2, offsets(), JPEG, MORE, MORE, JPEG)))
        .containsExactly(12, 4);
    assertThat(lengths(file(UID.JPEG2000, 2, offsets(), J2K, J2K, MORE))).containsExactly(4, 8);
  }

  @Test
  void givenATableThatDoesNotFit_whenFound_thenTheFragmentsAreScanned() throws IOException {
    for (byte[] table : new byte[][] {offsets(0, 7), offsets(4, 24), offsets(0, 0)}) {
      assertThat(lengths(file(UID.JPEGBaseline8Bit, 2, table, JPEG, MORE, JPEG)))
          .containsExactly(8, 4);
    }
  }

  @Test
  void givenFragmentsThatCannotBeToldApart_whenFound_thenTheReasonIsNamed() {
    assertThatThrownBy(() -> lengths(file(UID.JPEGBaseline8Bit, 2, offsets(), MORE, MORE, MORE)))
        .isInstanceOf(NoPixelDataException.class)
        .hasMessageContaining("3 fragments");
    assertThatThrownBy(() -> lengths(file(UID.JPEGBaseline8Bit, 2, offsets())))
        .isInstanceOf(NoPixelDataException.class);
  }

  @Test
  void givenVideo_whenFound_thenItIsOneCodestreamInHoweverManyFragments() throws IOException {
    assertThat(lengths(file(UID.MPEG2MPML, 250, offsets(), MORE))).containsExactly(4);
    for (String syntax : new String[] {UID.MPEG4HP41, UID.HEVCMP51, "1.2.840.10008.1.2.4.102.1"}) {
      assertThat(lengths(file(syntax, 3, offsets(), MORE, MORE, MORE))).containsExactly(12);
    }
  }

  @Test
  void givenALongImage_whenItsFramesAreFound_thenItsPixelsAreNotRead() throws IOException {
    byte[] frame = new byte[500_000];
    System.arraycopy(JPEG, 0, frame, 0, 4);
    Counted encapsulated =
        new Counted(file(UID.JPEGBaseline8Bit, 2, offsets(), frame, frame, frame));
    assertThatThrownBy(() -> PixelFrames.of(encapsulated)).isInstanceOf(NoPixelDataException.class);
    assertThat(encapsulated.read).isLessThan(64 * 1024);

    Attributes dataSet =
        new Attributes()
            .setInt(Tag.Rows, 1000)
            .setInt(Tag.Columns, 1000)
            .setInt(Tag.BitsAllocated, 8)
            .setBytes(Tag.PixelData, VR.OB, new byte[1_000_000]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomOutputStream.writeFile(
        FileMeta.of(UID.CTImageStorage, "1.2.3", UID.ExplicitVRLittleEndian), dataSet, out);
    Counted uncompressed = new Counted(out.toByteArray());
    assertThat(PixelFrames.of(uncompressed).length(1)).isEqualTo(1_000_000);
    assertThat(uncompressed.read).isLessThan(64 * 1024);
  }

  /** Counts what is read, not what is passed over. */
  private static final class Counted implements ByteSource {
    private final byte[] bytes;
    private long read;

    Counted(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offset, long length) {
      int count = length < 0 ? bytes.length - (int) offset : (int) length;
      return new ByteArrayInputStream(bytes, (int) offset, count) {
        @Override
        public synchronized int read(byte[] to, int at, int most) {
          int got = super.read(to, at, most);
          Counted.this.read += Math.max(0, got);
          return got;
        }
      };
    }
  }
}
