package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.test.ExternalTool;
import org.springframework.test.context.TestPropertySource;

/** The service as it is when nothing of it is switched on. */
@TestPropertySource(
    properties = {
      "pacs.dicomweb.allowed-origins=",
      "pacs.dicomweb.http2=false",
      "pacs.viewer.location=classpath:/viewer-left-out/"
    })
class PlainFrontIT extends WadoIT {
  @Test
  void givenNoOriginIsAllowed_thenNoPageMayReadOrAsk() {
    Answer answer = get("/studies?limit=1", "Origin", "https://viewer.example");
    Answer preflight =
        send(
            "OPTIONS",
            "/dicom-web/studies",
            BodyPublishers.noBody(),
            "Origin",
            "https://viewer.example",
            "Access-Control-Request-Method",
            "GET");

    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/viewer", "/viewer/", "/viewer/app-config.js", "/tenants/other/viewer/viewer"})
  void givenABuildWithoutViewer_thenItSaysSoAndHowToGetIt(String path) {
    Answer answer = send("GET", path, BodyPublishers.noBody());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("detail").asString())
        .contains("no viewer", "a reason of the sample.", "npm", "./pacs build");
  }

  @Test
  void givenHttp2IsOff_whenAClientSpeaksIt_thenItIsNotUnderstood() {
    ExternalTool.Outcome outcome =
        ExternalTool.named("curl")
            .run(
                "-s",
                "--http2-prior-knowledge",
                "-w",
                "%{http_code}",
                "http://127.0.0.1:" + port + "/dicom-web/studies?limit=1");

    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.output()).doesNotContain("200");
  }
}
