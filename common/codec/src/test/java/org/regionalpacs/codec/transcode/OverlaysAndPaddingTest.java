package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/** Bits of pixel cells that don't count, and values that are no samples. */
class OverlaysAndPaddingTest {
  private static final int GROUP = 0x60020000 - 0x60000000;
  private static final int FRAMES = 3;

  @TempDir Path scratch;

  private static Attributes withOverlays(int bit, int otherBit) {
    Attributes dataSet = Made.dataSet(Made.GREY, FRAMES, 1 << bit | 1 << otherBit);
    return dataSet
        .setInt(Tag.OverlayBitsAllocated, VR.US, 16)
        .setInt(Tag.OverlayBitPosition, VR.US, bit)
        .setInt(Tag.OverlayBitsAllocated + GROUP, VR.US, 16)
        .setInt(Tag.OverlayBitPosition + GROUP, VR.US, otherBit)
        .setInt(Tag.OverlayOrigin + GROUP, VR.SS, 3, -2)
        .setInt(Tag.OverlayLocation + GROUP, VR.US, 0x7FE0);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UID.RLELossless, UID.JPEGLSLossless})
  void givenOverlaysInPixelCells_whenCompressed_thenEachIsAnOverlayApart(String syntax)
      throws IOException {
    Attributes dataSet = withOverlays(12, 15);
    byte[] cells = dataSet.getBytes(Tag.PixelData).orElseThrow();
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    Transcoding done = Transcoding.of(source, syntax, scratch);

    Attributes compressed = done.dataSet();
    for (int overlay : new int[] {0, GROUP}) {
      byte[] bits = compressed.getBytes(Tag.OverlayData + overlay).orElseThrow();
      int bit = overlay == 0 ? 12 : 15;
      // 105 pixels of three frames without a gap, in an even number of bytes (PS3.5 8.1.2).
      assertThat(bits).hasSize(14);
      for (int pixel = 0; pixel < FRAMES * 35; pixel++) {
        assertThat(bits[pixel / 8] >> pixel % 8 & 1)
            .isEqualTo(ByteOrder.uint16(cells, 2 * pixel, false) >> bit & 1);
      }
      assertThat(compressed.getInt(Tag.OverlayBitsAllocated + overlay, 0)).isEqualTo(1);
      assertThat(compressed.getInt(Tag.OverlayBitPosition + overlay, -1)).isZero();
      assertThat(compressed.getInt(Tag.OverlayRows + overlay, 0)).isEqualTo(5);
      assertThat(compressed.getInt(Tag.OverlayColumns + overlay, 0)).isEqualTo(7);
      assertThat(compressed.getInt(Tag.NumberOfFramesInOverlay + overlay, 0)).isEqualTo(FRAMES);
      assertThat(compressed.getInt(Tag.ImageFrameOrigin + overlay, 0)).isEqualTo(1);
    }
    assertThat(compressed.getInts(Tag.OverlayOrigin)).containsExactly(1, 1);
    assertThat(compressed.getInts(Tag.OverlayOrigin + GROUP)).containsExactly(3, -2);
    assertThat(compressed.contains(Tag.OverlayLocation + GROUP)).isFalse();
    byte[] frame = Made.samples(done.file(), 2).bytes();
    for (int pixel = 0; pixel < 35; pixel++) {
      assertThat(ByteOrder.uint16(frame, 2 * pixel, false))
          .isEqualTo(ByteOrder.uint16(cells, 2 * (35 + pixel), false) & 0xFFF);
    }
  }

  @Test
  void givenAnOverlayApartOrInBitsOfSamples_thenItStaysAsItIs() throws IOException {
    Attributes dataSet = withOverlays(12, 3);
    dataSet.setBytes(Tag.OverlayData, VR.OW, new byte[] {1, 2});
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    Attributes rle = Transcoding.of(source, UID.RLELossless, scratch).dataSet();

    assertThat(rle.getBytes(Tag.OverlayData)).contains(new byte[] {1, 2});
    assertThat(rle.getInt(Tag.OverlayBitPosition, 0)).isEqualTo(12);
    assertThat(rle.contains(Tag.OverlayData + GROUP)).isFalse();
  }

  @ParameterizedTest(name = "C.7.5.1.1.2 {0}, {1} of 16 bits signed {2}: {3} becomes {4}")
  @CsvSource({
    UID.JPEGLSLossless + ", 12, true, -2000, -2000",
    UID.JPEGLSLossless + ", 12, true, 2096, -2000",
    UID.JPEGLSLossless + ", 12, true, -32768, -32768",
    UID.JPEGLSLossless + ", 12, false, 4095, 4095",
    UID.JPEGLSLossless + ", 12, false, 63536, 63536",
    UID.JPEGLSLossless + ", 16, true, -32768, -32768",
    UID.RLELossless + ", 12, true, -32768, -32768"
  })
  void givenPixelPadding_whenCompressed_thenItIsWhatSamplesAre(
      String syntax, int stored, boolean signed, int value, int expected) throws IOException {
    ImageDescription image =
        new ImageDescription(5, 7, Photometric.MONOCHROME2, 16, stored, stored - 1, signed, false);
    Attributes dataSet =
        Made.dataSet(image, 1)
            .setInt(Tag.PixelPaddingValue, signed ? VR.SS : VR.US, value)
            .setInt(Tag.PixelPaddingRangeLimit, signed ? VR.SS : VR.US, value);
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    Attributes compressed = Transcoding.of(source, syntax, scratch).dataSet();

    assertThat(compressed.getInt(Tag.PixelPaddingValue, -1)).isEqualTo(expected);
    assertThat(compressed.getInt(Tag.PixelPaddingRangeLimit, -1)).isEqualTo(expected);
  }
}
