package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewerBrowserTest {
  private static final String PAGE =
      "<link rel=icon href=data:,><p id=preview><img src=data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=></p><canvas class=cornerstone-canvas width=64 height=64></canvas><script src=files/a.js></script>";
  private static final String START_PAGE =
      """
      <link rel=icon href=data:,>
      <table id=studies><tr data-study=1.2.3><td>
        <a role=button target=_blank href="viewer/viewer?StudyInstanceUIDs=1.2.3">open</a></table>
      <script>
        setTimeout(async () => {
          await fetch('viewer/files/a.js?ahead');
          document.documentElement.dataset.viewer = 'ready';
        }, 500);
      </script>
      """;
  private static final String SCRIPT =
      """
      const frame = number => fetch(`/dicom-web/frames/${number}`).then(answer => answer.arrayBuffer());
      Promise.all([1, 2, 3].map(frame)).then(() => {
        const drawing = document.querySelector('canvas').getContext('2d');
        drawing.fillStyle = 'white';
        drawing.fillRect(0, 0, 64, 64);
      });
      """;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  @Test
  void givenProgramsAreMissing_whenPrepared_thenItSaysWhatToInstall() {
    Path there = Path.of("/usr/bin/npm");

    assertThatThrownBy(() ->
            ViewerBrowser.programs(
                name -> name.equals("npm") ? Optional.of(there) : Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("apt-get install chromium nodejs");
  }

  @Test
  void givenAViewer_whenStudiesAreOpened_thenTimesAreThereAndOnlyTheFirstVisitGetsItsFiles()
      throws IOException {
    for (String program : List.of("chromium", "node", "npm")) {
      Tools.assumeInstalled(program);
    }
    ViewerBrowser browser = browser();
    // Longer than the address of a socket may be, which Chromium makes some of.
    Path kept = Files.createDirectories(folder.resolve("a-long-name".repeat(12)));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    give(server, "/viewer/viewer", "text/html", PAGE);
    give(server, "/viewer/files/a.js", "text/javascript", SCRIPT);
    give(server, "/dicom-web/frames/", "application/octet-stream", "a frame");
    server.start();
    try {
      int port = server.getAddress().getPort();

      OpenedStudy again = browser.open(port, "1.2.3", 3, List.of("1.2.4"), kept);

      assertThat(again.firstMillis()).isPositive();
      assertThat(again.lastMillis().orElseThrow()).isBetween(0.0, again.firstMillis());
      assertThat(again.previewMillis().orElseThrow()).isBetween(0.0, again.firstMillis());
      assertThat(again.requests()).isEqualTo(4);
      assertThat(asked).filteredOn("/viewer/files/a.js"::equals).hasSize(1);
      assertThat(asked)
          .contains(
              "/viewer/viewer?StudyInstanceUIDs=1.2.4", "/viewer/viewer?StudyInstanceUIDs=1.2.3");

      OpenedStudy first = browser.open(port, "1.2.3", 0, List.of(), kept);

      assertThat(first.lastMillis()).isEmpty();
      assertThat(first.bytes()).isGreaterThan(again.bytes() + SCRIPT.length());
      assertThat(asked).filteredOn("/viewer/files/a.js"::equals).hasSize(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void givenAStartPage_whenAStudyIsOpenedFromIt_thenThatWaitsUntilThePageSaysItIsReady()
      throws IOException {
    for (String program : List.of("chromium", "node", "npm")) {
      Tools.assumeInstalled(program);
    }
    ViewerBrowser browser = browser();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    give(server, "/", "text/html", START_PAGE);
    give(server, "/viewer/viewer", "text/html", PAGE);
    give(server, "/viewer/files/a.js", "text/javascript", SCRIPT);
    give(server, "/dicom-web/frames/", "application/octet-stream", "a frame");
    server.start();
    try {
      int port = server.getAddress().getPort();

      OpenedStudy opened =
          browser.open(port, "1.2.3", 0, List.of(ViewerBrowser.START_PAGE), folder);

      assertThat(opened.firstMillis()).isPositive();
      assertThat(asked)
          .containsSubsequence(
              "/", "/viewer/files/a.js?ahead", "/viewer/viewer?StudyInstanceUIDs=1.2.3");
    } finally {
      server.stop(0);
    }
  }

  private static ViewerBrowser browser() throws IOException {
    try {
      return ViewerBrowser.install(Path.of(""));
    } catch (IOException e) {
      Assumptions.abort("npm can't bring its package: " + e.getMessage());
      throw e;
    }
  }

  private void give(HttpServer server, String path, String type, String body) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange
              .getResponseHeaders()
              .add(
                  "Cache-Control", path.contains("files") ? "max-age=3600, immutable" : "no-store");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
