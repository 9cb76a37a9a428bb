package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decoders of others make of it. */
class CompressorTest {
  @ParameterizedTest(name = "{0} {1} bytes in pieces of {2} into {3}")
  @CsvSource({
    "ZSTD, 0, 100, 32",
    "ZSTD, 1, 100, 32",
    "ZSTD, 100000, 1000, 32",
    "ZSTD, 525000, 131072, 131072",
    "ZSTD, 525000, 131072, 100",
    "GZIP, 0, 100, 32",
    "GZIP, 1, 100, 32",
    "GZIP, 100000, 1000, 33",
    "GZIP, 100000, 1000, 32",
    "GZIP, 525000, 131072, 131072",
    "GZIP, 525000, 131072, 100"
  })
  void givenBodiesOneAfterTheOther_whenDecoded_thenTheyAreThose(
      AnswerCoding coding, int length, int piece, int room) throws IOException {
    try (Compressor compressor = of(coding)) {
      for (int body = 0; body < 3; body++) {
        byte[] content = image(length, body);
        compressor.begin(body == 1 ? OptionalLong.empty() : OptionalLong.of(length));
        byte[] compressed = compressed(compressor, content, piece, room);
        assertThat(decoded(coding, compressed)).isEqualTo(content);
        if (length > 500_000) {
          assertThat(compressed.length).isLessThan(length * 3 / 4);
        }
        // Left in the middle.
        compressor.begin(OptionalLong.of(1_000_000));
        compressor.compress(direct(content, 0, length / 2), ByteBuffer.allocateDirect(32), false);
      }
    }
  }

  @Test
  void givenLessThanWasSaid_thenItIsNoWholeBody() throws IOException {
    try (Compressor compressor = new ZstdCompressor()) {
      compressor.begin(OptionalLong.of(1001));
      assertThatThrownBy(() -> compressed(compressor, new byte[1000], 1000, 1000))
          .isInstanceOf(IOException.class);
    }
  }

  static byte[] decoded(AnswerCoding coding, byte[] compressed) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(compressed);
    try (InputStream in =
        switch (coding) {
          case ZSTD -> new ZstdInputStream(bytes);
          case GZIP -> new GZIPInputStream(bytes);
        }) {
      return in.readAllBytes();
    }
  }

  /** Samples of 16 bits with some noise. */
  static byte[] image(int length, int seed) {
    byte[] bytes = new byte[length];
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 2 == 0 ? random.nextInt(64) : 4);
    }
    return bytes;
  }

  private static Compressor of(AnswerCoding coding) {
    return switch (coding) {
      case ZSTD -> new ZstdCompressor();
      case GZIP -> new GzipCompressor();
    };
  }

  private static byte[] compressed(Compressor compressor, byte[] content, int piece, int room)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer out = ByteBuffer.allocateDirect(room);
    for (int at = 0; at < content.length; at += piece) {
      ByteBuffer in = direct(content, at, Math.min(piece, content.length - at));
      drain(compressor, in, out, false, all);
    }
    drain(compressor, ByteBuffer.allocateDirect(0), out, true, all);
    return all.toByteArray();
  }

  private static void drain(
      Compressor compressor, ByteBuffer in, ByteBuffer out, boolean last, ByteArrayOutputStream all)
      throws IOException {
    boolean done = false;
    while (!done) {
      done = compressor.compress(in, out.clear(), last);
      byte[] some = new byte[out.flip().remaining()];
      out.get(some);
      all.write(some);
    }
  }

  private static ByteBuffer direct(byte[] content, int from, int length) {
    return ByteBuffer.allocateDirect(length).put(content, from, length).flip();
  }
}
