package org.regionalpacs.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplacingInputStreamTest {

  @Test
  void replacesEveryOccurrence() throws IOException {
    assertThat(replaced("xABCyABCABCz", "ABC", "-")).isEqualTo("x-y--z");
    assertThat(replaced("ABC", "ABC", "longer than before")).isEqualTo("longer than before");
    assertThat(replaced("ABCABC", "ABC", "")).isEmpty();
  }

  @Test
  void leavesTheRestAsItIs() throws IOException {
    assertThat(replaced("", "ABC", "-")).isEmpty();
    assertThat(replaced("AB", "ABC", "-")).isEqualTo("AB");
    assertThat(replaced("AABBCC ABAB AAB", "ABC", "-")).isEqualTo("AABBCC ABAB AAB");
    assertThat(replaced("xxxAB", "ABC", "-")).isEqualTo("xxxAB");
  }

  @Test
  void findsWhatOverlapsItsOwnBeginning() throws IOException {
    assertThat(replaced("aaabaaab", "aab", "-")).isEqualTo("a-a-");
  }

  @Test
  void findsOccurrencesAtEveryPlaceOfABuffer() throws IOException {
    String wanted = "\"BulkDataURI\":\"http://a/";
    for (int before = 32 * 1024 - 60; before < 32 * 1024 + 60; before++) {
      String text = "x".repeat(before) + wanted + "y".repeat(40_000) + wanted;
      assertThat(replaced(text, wanted, "<>")).isEqualTo(text.replace(wanted, "<>"));
    }
  }

  @Test
  void worksHoweverTheBytesArriveAndAreAskedFor() throws IOException {
    Random random = new Random(20);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 400; i++) {
        text.append(random.nextInt(5) == 0 ? "abac" : "abc".charAt(random.nextInt(3)));
      }
      InputStream in =
          new ReplacingInputStream(
              trickling(text.toString(), random), "abac".getBytes(UTF_8), "<new>".getBytes(UTF_8));
      assertThat(readInPieces(in, random)).isEqualTo(text.toString().replace("abac", "<new>"));
    }
  }

  private static String replaced(String text, String wanted, String replacement)
      throws IOException {
    try (InputStream in =
        new ReplacingInputStream(
            new ByteArrayInputStream(text.getBytes(UTF_8)),
            wanted.getBytes(UTF_8),
            replacement.getBytes(UTF_8))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String readInPieces(InputStream in, Random random) throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] piece = new byte[16];
    while (true) {
      int count = in.read(piece, 0, 1 + random.nextInt(piece.length));
      if (count < 0) {
        return read.toString();
      }
      read.append(new String(piece, 0, count, UTF_8));
    }
  }

  /** Gives a few bytes at a time. */
  private static InputStream trickling(String text, Random random) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
      }
    };
  }
}
