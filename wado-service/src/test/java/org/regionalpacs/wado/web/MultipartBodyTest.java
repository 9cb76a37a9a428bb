package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  private static Part part(String content) {
    return new Part(
        "application/dicom; transfer-syntax=1",
        OptionalLong.of(content.length()),
        out -> out.write(content.getBytes()));
  }
}
