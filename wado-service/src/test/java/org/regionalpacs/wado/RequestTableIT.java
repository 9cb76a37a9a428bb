package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables of requests that go out letter by letter, and what must come back: those of PS3.18, each
 * named by its section, and all that the OHIF viewer sends.
 */
class RequestTableIT extends WadoIT {
  private final ReferenceObjects objects = new ReferenceObjects();

  @BeforeAll
  void storeObjects() throws IOException {
    byte[][] files = objects.files();
    assertThat(store("/dicom-web/studies", files).status()).isEqualTo(200);
    indexer.index(files.length);
  }

  static Stream<Arguments> standard() {
    return RequestRow.of("/requests/ps3.18.table");
  }

  static Stream<Arguments> ohif() {
    return RequestRow.of("/requests/ohif.table");
  }

  @ParameterizedTest(name = "PS3.18 {0}")
  @MethodSource("standard")
  void givenARequestOfTheStandard_thenTheAnswerIsWhatItSays(String name, RequestRow row)
      throws IOException {
    check(row);
  }

  @ParameterizedTest(name = "OHIF {0}")
  @MethodSource("ohif")
  void givenARequestOfTheViewer_thenItGetsWhatItNeeds(String name, RequestRow row)
      throws IOException {
    check(row);
  }

  private void check(RequestRow row) throws IOException {
    List<String> headers = row.headers().stream().map(objects::resolve).toList();
    RawHttp.Reply reply = new RawHttp(port).send(row.resolvedLine(objects), headers, new byte[0]);

    assertThat(reply.status()).as(reply.text()).isEqualTo(row.status());
    if (!row.contentType().equals("-")) {
      assertThat(reply.header("Content-Type")).startsWith(row.contentType());
    }
    new ReplyContent(objects, row, reply).check();
  }
}
