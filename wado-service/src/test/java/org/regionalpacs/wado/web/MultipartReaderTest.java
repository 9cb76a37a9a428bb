package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
  private static final String BOUNDARY = "----b";

  @Test
  void givenPreambleEpilogueAndFoldedHeaders_thenOnlyPartsAreRead() throws IOException {
    String body =
        "preamble\r\n------b  \r\nContent-Type: application/dicom;\r\n\ttransfer-syntax=*\r\n\r\none"
            + "\r\n------b\r\n\r\ntwo\r\n\r\n------b--\r\nepilogue ------b";
    MultipartReader reader = reader(body.getBytes(StandardCharsets.ISO_8859_1));

    MultipartReader.Incoming first = reader.next().orElseThrow();
    assertThat(first.headers())
        .containsEntry("content-type", "application/dicom;\ttransfer-syntax=*");
    assertThat(first.body().readAllBytes()).asString().isEqualTo("one");
    MultipartReader.Incoming second = reader.next().orElseThrow();
    assertThat(second.headers()).isEmpty();
    assertThat(second.body().readAllBytes()).asString().isEqualTo("two\r\n");
    assertThat(reader.next()).isEmpty();
    assertThat(reader.next()).isEmpty();
  }

  /** Contents full of what nearly is a boundary, in chunks of any size. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void givenAnyContentInAnyChunks_thenItIsReadAsItWasWritten(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> contents = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      contents.add(content(random));
    }
    List<Part> parts =
        contents.stream()
            .map(content ->
                new Part("application/dicom", OptionalLong.empty(), out -> out.write(content)))
            .toList();
    MultipartBody written = new MultipartBody("application/dicom", parts);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    written.writeTo(bytes);

    String boundary = AcceptHeader.mediaType(written.contentType()).parameters().get("boundary");
    MultipartReader reader =
        new MultipartReader(new Chunked(bytes.toByteArray(), random), boundary);
    for (byte[] content : contents) {
      MultipartReader.Incoming part = reader.next().orElseThrow();
      if (random.nextInt(4) > 0) {
        assertThat(Arrays.equals(part.body().readAllBytes(), content)).isTrue();
      } else {
        // What isn't read is skipped.
        part.body().readNBytes(random.nextInt(content.length + 1));
      }
    }
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void givenAPartLongerThanAnyBuffer_thenItStreams() throws IOException {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("------b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content);
    body.writeBytes("\r\n------b--".getBytes(StandardCharsets.US_ASCII));

    MultipartReader reader = reader(body.toByteArray());
    assertThat(Arrays.equals(reader.next().orElseThrow().body().readAllBytes(), content)).isTrue();
    assertThat(reader.next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no boundary at all",
        "------b",
        "------b\r\nContent-Type: application/dicom",
        "------b\r\nno colon\r\n\r\nx\r\n------b--",
        "------b\r\n\r\nnever ends",
        "------bogus\r\n\r\nx\r\n------b--",
        "------b\r\n\r\nends within the boundary\r\n------b-"
      })
  void givenABodyThatIsNotWellFormed_thenThatIsSaid(String body) {
    assertThatThrownBy(() -> readAll(body.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(MultipartFormatException.class);
  }

  @Test
  void givenAHeaderWithoutEnd_thenMemoryStaysFlat() {
    byte[] body = ("------b\r\nA: " + "x".repeat(200_000)).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> readAll(body)).isInstanceOf(MultipartFormatException.class);
    byte[] lines = ("------b\r\n" + "A: x\r\n".repeat(50_000)).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> readAll(lines)).isInstanceOf(MultipartFormatException.class);
  }

  @Test
  void givenNoBoundary_thenThatIsSaid() {
    assertThatThrownBy(() -> new MultipartReader(InputStream.nullInputStream(), ""))
        .isInstanceOf(MultipartFormatException.class);
  }

  private static void readAll(byte[] body) throws IOException {
    MultipartReader reader = reader(body);
    Optional<MultipartReader.Incoming> part = reader.next();
    while (part.isPresent()) {
      part.get().body().readAllBytes();
      part = reader.next();
    }
  }

  private static MultipartReader reader(byte[] body) throws IOException {
    return new MultipartReader(new ByteArrayInputStream(body), BOUNDARY);
  }

  private static byte[] content(Random random) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    String[] traps = {"\r\n--", "\r\n", "\r", "--", "\r\n--pacs-2.25.", "\r\r\n--pacs", "\0"};
    for (int i = random.nextInt(40); i > 0; i--) {
      if (random.nextBoolean()) {
        content.writeBytes(traps[random.nextInt(traps.length)].getBytes(StandardCharsets.US_ASCII));
      } else {
        byte[] noise = new byte[random.nextInt(5000)];
        random.nextBytes(noise);
        content.writeBytes(noise);
      }
    }
    return content.toByteArray();
  }

  /** Gives a few bytes at a time. */
  private static final class Chunked extends FilterInputStream {
    private final Random random;

    Chunked(byte[] bytes, Random random) {
      super(new ByteArrayInputStream(bytes));
      this.random = random;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int most = random.nextInt(3) == 0 ? random.nextInt(1, 4) : random.nextInt(1, 70_000);
      return super.read(target, offset, Math.min(length, most));
    }
  }
}
