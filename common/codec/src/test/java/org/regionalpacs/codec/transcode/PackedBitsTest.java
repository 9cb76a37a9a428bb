package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

/** One bit a pixel (PS3.5 8.1.1). */
class PackedBitsTest {
  @TempDir Path scratch;

  @Test
  void givenFramesThatEndWithinBytes_thenTheNextOnesGoOnThere() {
    PackedBits bits = new PackedBits();

    assertThat(bits.add(3, pixel -> pixel != 1)).isEmpty();
    assertThat(bits.add(6, pixel -> pixel == 0)).containsExactly(0b0000_1101);
    assertThat(bits.add(8, pixel -> true)).containsExactly((byte) 0xFE);
    assertThat(bits.rest()).containsExactly(1);
  }

  @Test
  void givenBitsInJpeg2000_whenDecoded_thenEachPixelHasABitAgain() throws IOException {
    FrameEncoder encoder = ForeignCodecs.encoder(UID.JPEG2000Lossless).orElse(null);
    assumeTrue(encoder != null, () -> ForeignCodecs.availability().toString());
    ImageDescription image =
        new ImageDescription(1, 5, Photometric.MONOCHROME2, 8, 1, 0, false, false);
    byte[] one = encoded(encoder, image, 1, 0, 0, 1, 1);
    byte[] other = encoded(encoder, image, 0, 1, 0, 0, 1);
    Attributes dataSet = Made.encapsulated(image, one, other).setInt(Tag.BitsAllocated, 1);
    byte[] source = Made.file(dataSet, UID.JPEG2000Lossless);

    Attributes decoded = Transcoding.of(source, UID.ExplicitVRLittleEndian, scratch).dataSet();

    assertThat(decoded.getBytes(Tag.PixelData)).contains(new byte[] {0b0101_1001, 0b10});
    assertThat(decoded.getInt(Tag.BitsAllocated, 0)).isEqualTo(1);
  }

  private static byte[] encoded(FrameEncoder encoder, ImageDescription image, int... samples)
      throws IOException {
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      bytes[i] = (byte) samples[i];
    }
    return encoder
        .encode(Samples.of(image, bytes), UID.JPEG2000Lossless, EncoderOptions.LOSSLESS)
        .bytes();
  }
}
