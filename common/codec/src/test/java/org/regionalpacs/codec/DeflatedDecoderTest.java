package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;

class DeflatedDecoderTest {
  private static final String SYNTAX = UID.DeflatedImageFrameCompression;

  private static byte[] deflated(byte[] bytes) {
    try (Deflater deflater = new Deflater(9, true)) {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] out = new byte[bytes.length + 100];
      int length = deflater.deflate(out);
      return Arrays.copyOf(out, length);
    }
  }

  private static ImageDescription image(int allocated) {
    return new ImageDescription(
        21, 13, Photometric.MONOCHROME2, allocated, allocated, allocated - 1, false, false);
  }

  private static Samples decode(byte[] frame, ImageDescription image) throws CodecException {
    return FrameDecoders.of(SYNTAX).orElseThrow().decode(frame, SYNTAX, image);
  }

  @Test
  void givenAnyDepth_thenEveryByteComesBack() throws Exception {
    for (int allocated : new int[] {8, 16, 32}) {
      Samples samples = Written.picture(image(allocated));

      assertThat(decode(deflated(samples.bytes()), image(allocated)).bytes())
          .isEqualTo(samples.bytes());
    }
    byte[] bits = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    byte[] all = Arrays.copyOf(bits, 35);
    assertThat(decode(deflated(all), image(1)).bytes()).isEqualTo(all);
  }

  @Test
  void givenLessOrOtherBytes_thenTheyAreCorruptAndMoreAreNotRead() throws Exception {
    byte[] whole = deflated(new byte[13 * 21]);

    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length / 2), image(8)))
        .isInstanceOf(CorruptFrameException.class);
    assertThatThrownBy(() -> decode(deflated(new byte[100]), image(8)))
        .hasMessage("a deflated frame has 100 bytes instead of 273");
    assertThatThrownBy(() -> decode(new byte[] {-1, -1, -1}, image(8)))
        .isInstanceOf(CorruptFrameException.class);
    assertThat(decode(deflated(new byte[1 << 20]), image(8)).bytes()).hasSize(13 * 21);
  }

  @Test
  void givenAnInterrupt_thenItStops() {
    byte[] whole = deflated(new byte[13 * 21]);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> decode(whole, image(8))).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
