package org.regionalpacs.codec.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;

/** Lossless JPEG (T.81 Annex H) of kinds that are rare. */
class LosslessJpegTest {
  private static final int ROWS = 13;
  private static final int COLUMNS = 11;

  private static int[] noise(int count, int precision) {
    return new Random(precision).ints(count, 0, 1 << precision).toArray();
  }

  private static Shape shape(int components, int size) {
    return new Shape(ROWS, COLUMNS, components, size);
  }

  private static int[] decode(byte[] frame, Shape shape) throws CodecException {
    byte[] bytes = CodestreamDecoder.decode(frame, shape);
    int size = shape.size();
    int[] samples = new int[bytes.length / size];
    for (int i = 0; i < samples.length; i++) {
      int high = size > 1 ? (bytes[i * size + 1] & 0xFF) << 8 : 0;
      samples[i] = bytes[i * size] & 0xFF | high;
    }
    return samples;
  }

  @ParameterizedTest(name = "predictor {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void givenAPredictor_thenEverySampleOfEveryPrecisionIsExact(int predictor) throws Exception {
    for (int precision = 2; precision <= 16; precision++) {
      for (int interval : new int[] {0, 1, 5}) {
        int[] samples = noise(ROWS * COLUMNS, precision);
        LosslessWriter writer =
            new LosslessWriter(ROWS, COLUMNS, precision, 1, predictor, 0, interval, true);

        assertThat(decode(writer.write(samples), shape(1, precision > 8 ? 2 : 1)))
            .as("%d bits, restarts after %d lines", precision, interval)
            .isEqualTo(samples);
      }
    }
  }

  @ParameterizedTest(name = "interleaved: {0}, restarts after {1} lines")
  @CsvSource({"true, 0", "false, 0", "true, 3", "false, 1"})
  void givenThreeComponents_thenTheyComeOutPixelByPixel(boolean interleaved, int interval)
      throws Exception {
    int[] samples = noise(ROWS * COLUMNS * 3, 8);
    LosslessWriter writer = new LosslessWriter(ROWS, COLUMNS, 8, 3, 4, 0, interval, interleaved);

    assertThat(decode(writer.write(samples), shape(3, 1))).isEqualTo(samples);
    assertThat(decode(writer.write(samples), shape(3, 4))).hasSize(samples.length);
  }

  @Test
  void givenAPointTransform_thenTheLastBitsAreZero() throws Exception {
    int[] samples = noise(ROWS * COLUMNS, 12);
    LosslessWriter writer = new LosslessWriter(ROWS, COLUMNS, 12, 1, 6, 3, 0, true);

    assertThat(decode(writer.write(samples), shape(1, 2)))
        .isEqualTo(Arrays.stream(samples).map(one -> one & ~7).toArray());
  }

  @Test
  void givenNoEndOrMoreAfterIt_thenItIsDecoded() throws Exception {
    int[] samples = noise(ROWS * COLUMNS, 16);
    byte[] frame = new LosslessWriter(ROWS, COLUMNS, 16, 1, 1, 0, 0, true).write(samples);

    byte[] endless = Arrays.copyOf(frame, frame.length - 2);
    assertThat(decode(endless, shape(1, 2))).isEqualTo(samples);
    assertThat(decode(Arrays.copyOf(frame, frame.length + 7), shape(1, 2))).isEqualTo(samples);
  }

  @Test
  void givenFillBytesBeforeMarkers_thenTheyAreSkipped() throws Exception {
    int[] samples = noise(ROWS * COLUMNS, 8);
    byte[] frame = new LosslessWriter(ROWS, COLUMNS, 8, 1, 2, 0, 1, true).write(samples);
    byte[] filled = new byte[frame.length * 2];
    int length = 0;
    for (int i = 0; i < frame.length; i++) {
      boolean marker = frame[i] == -1 && (frame[i + 1] < -1 && frame[i + 1] >= (byte) 0xC0);
      if (marker && i > 0) {
        filled[length++] = -1;
        filled[length++] = -1;
      }
      filled[length++] = frame[i];
    }

    assertThat(length).isGreaterThan(frame.length + 10);
    assertThat(decode(Arrays.copyOf(filled, length), shape(1, 1))).isEqualTo(samples);
  }

  @Test
  void givenOnePixel_thenItIsDecoded() throws Exception {
    byte[] frame = new LosslessWriter(1, 1, 16, 1, 7, 0, 0, true).write(new int[] {0xABCD});

    assertThat(decode(frame, new Shape(1, 1, 1, 2))).containsExactly(0xABCD);
  }

  @Test
  void givenACutAnywhere_thenItIsCorrupt() {
    for (boolean interleaved : new boolean[] {true, false}) {
      LosslessWriter writer = new LosslessWriter(ROWS, COLUMNS, 12, 3, 1, 0, 2, interleaved);
      byte[] frame = writer.write(noise(ROWS * COLUMNS * 3, 12));
      // The last byte of the scan may only be filled up.
      for (int length = 0; length < frame.length - 4; length++) {
        byte[] cut = Arrays.copyOf(frame, length);
        assertThatThrownBy(() -> decode(cut, shape(3, 2)))
            .isInstanceOf(CorruptFrameException.class);
      }
    }
  }

  @Test
  void givenAnyBytesChanged_thenItIsDecodedOrRefused() {
    Random random = new Random(11);
    int[] samples = noise(ROWS * COLUMNS * 3, 12);
    byte[] frame = new LosslessWriter(ROWS, COLUMNS, 12, 3, 4, 0, 2, false).write(samples);
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] changed = frame.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(decode(changed, shape(3, 2))).hasSize(samples.length);
      } catch (CodecException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 4999);
  }

  @Test
  void givenAnotherSizeThanWanted_thenNothingIsAllocated() {
    byte[] frame = new LosslessWriter(1, 1, 16, 1, 1, 0, 0, true).write(new int[1]);
    byte[] huge = frame.clone();
    Arrays.fill(huge, 7, 11, (byte) 0x7F);
    int side = 0x7F7F;

    assertThatThrownBy(() -> decode(huge, shape(1, 2))).hasMessageContaining("32639 x 32639");
    assertThatThrownBy(() -> decode(huge, new Shape(side, side, 1, 2)))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageContaining("cut off");
    assertThatThrownBy(() -> decode(frame, new Shape(1, 1, 1, 1)))
        .hasMessageContaining("16 bits in 1 bytes");
  }

  @Test
  void givenComponentsOfDifferentSizes_thenTheyAreNotSupported() {
    byte[] frame =
        new LosslessWriter(ROWS, COLUMNS, 8, 3, 1, 0, 0, true).write(noise(ROWS * COLUMNS * 3, 8));
    frame[13] = 0x21;

    assertThatThrownBy(() -> decode(frame, shape(3, 1)))
        .isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void givenAnInterrupt_thenItStops() {
    byte[] frame =
        new LosslessWriter(ROWS, COLUMNS, 8, 1, 1, 0, 0, true).write(noise(ROWS * COLUMNS, 8));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> decode(frame, shape(1, 1))).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
