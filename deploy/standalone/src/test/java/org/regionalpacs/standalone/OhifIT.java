package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;

/** A reader's browser on the whole product; what it showed is in {@code target/screenshots}. */
class OhifIT {
  private static final Path SCREENSHOTS =
      Testdata.repository().resolve("deploy/standalone/target/screenshots");

  @TempDir static Path dir;
  private static NodeClient browser;
  private static RunningProduct product;
  private static String demo;

  @BeforeAll
  static void sendAStudy() throws Exception {
    ExternalTool.named("chromium");
    Assumptions.assumeTrue(
        OhifIT.class.getResource("/viewer/manifest.json") != null,
        "the viewer was left out of this build (see viewer/README.md)");
    browser = NodeClient.install();
    Files.createDirectories(SCREENSHOTS);
    product = RunningProduct.up(dir.resolve("data"));
    demo =
        PacsProcess.run("demo", "--count=12", "--seed=7", "--data", product.data().toString())
            .output();
  }

  @AfterAll
  static void down() throws Exception {
    if (product != null) {
      product.close();
    }
  }

  @Test
  void givenAStudySentByCStore_whenThePrintedAddressIsOpened_thenItsImagesAreShown() {
    assertShown(browser.browse("study", printedAddress(), "en-US", SCREENSHOTS));
  }

  @Test
  void givenATenantsViewerAndAChineseBrowser_thenTheImagesAreThereAndTextIsChinese() {
    String ofTenant = printedAddress().replace("/viewer/viewer", "/tenants/default/viewer/viewer");

    JsonNode seen = browser.browse("study", ofTenant, "zh-CN", SCREENSHOTS);

    assertShown(seen);
    assertThat(seen.path("text").asString()).containsPattern("\\p{IsHan}");
  }

  @Test
  void givenTheViewersAddressWithoutASlash_thenTheListOfStudiesHasThePatient() {
    String name = demo.lines().skip(1).findFirst().orElseThrow().split("[ ,]")[0];

    assertNothingWentWrong(
        browser.browse(
            "list",
            "http://127.0.0.1:" + product.httpPort() + "/viewer",
            "en-US",
            name,
            SCREENSHOTS));
  }

  @Test
  void givenABuildWithTheViewer_thenUpAndStatusSayWhereItIs() throws Exception {
    String address = "http://127.0.0.1:" + product.httpPort() + "/viewer/";

    assertThat(product.process().output()).contains("Viewer     " + address);
    assertThat(PacsProcess.run("status", "--data", product.data().toString()).output())
        .contains("Viewer   " + address);
  }

  private static String printedAddress() {
    Matcher address =
        Pattern.compile("http://\\S+/viewer/viewer\\?StudyInstanceUIDs=[0-9.]+").matcher(demo);
    assertThat(address.find()).as(demo).isTrue();
    return address.group();
  }

  private static void assertShown(JsonNode seen) {
    assertNothingWentWrong(seen);
    assertThat(seen.at("/first/width").asInt()).isGreaterThan(200);
    // A fifth of the viewport at least: a body, not a line of text.
    assertThat(seen.at("/first/lit").asInt())
        .isGreaterThan(seen.at("/first/width").asInt() * seen.at("/first/height").asInt() / 5);
    assertThat(seen.at("/next/sum").asInt()).isNotEqualTo(seen.at("/first/sum").asInt());
  }

  private static void assertNothingWentWrong(JsonNode seen) {
    assertThat(seen.path("errors")).as("errors on the console").isEmpty();
    assertThat(seen.path("bad")).as("requests that failed").isEmpty();
    assertThat(seen.path("foreign")).as("requests to other hosts").isEmpty();
    assertThat(seen.path("requests").asInt()).isGreaterThan(10);
  }
}
