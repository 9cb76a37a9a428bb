package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MultipartBodyTest {
  @Test
  void givenKnownLengths_thenTheLengthOfTheBodyIsKnown() throws IOException {
    MultipartBody body = new MultipartBody("application/dicom", List.of(part("one"), part("")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.writeTo(bytes);

    assertThat(body.length()).hasValue(bytes.size());
    String text = bytes.toString();
    String boundary = AcceptHeader.mediaType(body.contentType()).parameters().get("boundary");
    assertThat(text)
        .startsWith("--" + boundary + "\r\nContent-Type: application/dicom; transfer-syntax=1\r\n")
        .endsWith("\r\n--" + boundary + "--\r\n");
  }

  @Test
  void givenAnUnknownLength_thenThatOfTheBodyIsUnknown() {
    Part unknown = new Part("application/dicom", OptionalLong.empty(), _ -> {});
    assertThat(new MultipartBody("application/dicom", List.of(part("one"), unknown)).length())
        .isEmpty();
  }

  @Test
  void givenPartsThatAreMadeOneByOne_thenTheirFailureIsThatOfTheBody() {
    IOException failure = new IOException("no more");
    Iterator<Part> parts =
        new Iterator<>() {
          private int made;

          @Override
          public boolean hasNext() {
            if (made == 2) {
              throw new UncheckedIOException(failure);
            }
            return true;
          }

          @Override
          public Part next() {
            made++;
            return part("part " + made);
          }
        };
    MultipartBody body = MultipartBody.ofParts("application/dicom", parts);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    assertThat(body.length()).isEmpty();
    assertThatThrownBy(() -> body.writeTo(bytes)).isSameAs(failure);
    assertThat(bytes.toString()).contains("part 2").doesNotContain("--\r\n");
  }

  private static Part part(String content) {
    return new Part(
        "application/dicom; transfer-syntax=1",
        OptionalLong.of(content.length()),
        out -> out.write(content.getBytes()));
  }
}
