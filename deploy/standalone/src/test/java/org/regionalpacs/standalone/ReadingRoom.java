package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.SendFiles;
import org.regionalpacs.dicom.net.SendOutcome;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;

/**
 * A browser before the shared product, and a tenant of its own that it looks at. Nothing may go
 * wrong on any page: no error on the console, no request that fails, none to another host.
 */
record ReadingRoom(Browser browser, RunningProduct product) {
  /** Where what was seen is kept. */
  static final Path SCREENSHOTS =
      Testdata.repository().resolve("deploy/standalone/target/screenshots");

  private static final String TENANT = "reading";
  private static final Duration INDEXED = Duration.ofMinutes(5);

  /** Skips the test without Chromium, without Node.js, and when the build has no viewer. */
  static ReadingRoom open() throws IOException {
    ExternalTool.named("chromium");
    Assumptions.assumeTrue(
        ReadingRoom.class.getResource("/viewer/manifest.json") != null,
        "the viewer was left out of this build (see viewer/README.md)");
    Browser browser = SharedBrowser.get();
    Files.createDirectories(SCREENSHOTS);
    return new ReadingRoom(browser, SharedProduct.get());
  }

  /** Address of a page of the product. */
  String page(String path) {
    return "http://127.0.0.1:" + product.httpPort() + path;
  }

  /** Address of a page of the tenant's viewer, such as {@code viewer?StudyInstanceUIDs=1.2}. */
  String viewer(String page) {
    return page("/tenants/" + TENANT + "/viewer/" + page);
  }

  DicomWeb dicomWeb() {
    return product.dicomWebOf(TENANT);
  }

  /** Sends files to the tenant, and waits until they are found. */
  List<SampleFile> send(List<Path> paths) throws IOException, InterruptedException {
    RemoteAe tenant = new RemoteAe("READING", "127.0.0.1", product.dicomPort());
    List<SendOutcome> outcomes =
        new SendFiles(tenant, "ROOM", 2, ScuOptions.DEFAULT)
            .send(paths, (outcome, done, total) -> {});
    assertThat(outcomes).allMatch(SendOutcome::stored);
    List<SampleFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(SampleFile.read(path));
    }
    for (SampleFile file : files) {
      await()
          .atMost(INDEXED)
          .pollDelay(Duration.ZERO)
          .until(() -> !found(file.study(), "SOPInstanceUID=" + file.sopInstance()).isEmpty());
    }
    return files;
  }

  private JsonNode found(String study, String query) throws IOException, InterruptedException {
    return dicomWeb().json("/studies/" + study + "/instances?" + query);
  }

  /** Visits a page in English. */
  JsonNode visit(String action, String url, Object... arguments)
      throws IOException, InterruptedException {
    return visitIn("en-US", action, url, arguments);
  }

  /** Visits a page; what was seen, which is no failure. */
  JsonNode visitIn(String language, String action, String url, Object... arguments)
      throws IOException, InterruptedException {
    JsonNode seen = browser.visit(new Browser.Visit(action, url, language, SCREENSHOTS), arguments);
    assertThat(seen.path("errors")).as("errors on the console").isEmpty();
    assertThat(seen.path("bad")).as("requests that failed").isEmpty();
    assertThat(seen.path("foreign")).as("requests to other hosts").isEmpty();
    assertThat(seen.path("requests").asInt()).isGreaterThan(10);
    return seen;
  }
}
