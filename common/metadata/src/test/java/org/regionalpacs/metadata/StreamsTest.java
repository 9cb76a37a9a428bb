package org.regionalpacs.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class StreamsTest {

  @Test
  void compressedAsItIsRead_isWhatGzipReads() throws IOException {
    for (int length : new int[] {0, 1, 100, 1 << 20}) {
      byte[] bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      try (InputStream in =
          new GZIPInputStream(new GzippingInputStream(new ByteArrayInputStream(bytes)))) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void theBracketsOfAnArrayAreStripped() throws IOException {
    assertThat(elements("[{\"a\":[1]},{}]")).isEqualTo("{\"a\":[1]},{}");
    assertThat(elements("[{}]")).isEqualTo("{}");
    String large = "{\"x\":\"" + "y".repeat(100_000) + "\"}";
    assertThat(elements("[" + large + "," + large + "]")).isEqualTo(large + "," + large);
  }

  @Test
  void anEmptyArrayHasNoElements() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ArrayElements.copy(new ByteArrayInputStream("[]".getBytes(UTF_8)), out)).isFalse();
    assertThat(out.size()).isZero();
  }

  @Test
  void aTruncatedArrayIsNoticed() {
    assertThatThrownBy(() -> elements("[{}")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> elements("[")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> elements("")).isInstanceOf(EOFException.class);
  }

  private static String elements(String json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArrayElements.copy(new ByteArrayInputStream(json.getBytes(UTF_8)), out);
    return out.toString(UTF_8);
  }
}
