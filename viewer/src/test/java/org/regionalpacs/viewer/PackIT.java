package org.regionalpacs.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pack.mjs}, as Maven runs it, on a cache of its own; and what it made for this build. */
class PackIT {
  private static final Path SCRIPT = Path.of("src/main/node/pack.mjs").toAbsolutePath();
  private static final Path PACKED = Path.of("target/classes/viewer").toAbsolutePath();
  private static final String PACKAGE = "ohif-app-3.13.2.tgz";
  private static final String MINIFIER = "esbuild-wasm-0.28.2.tgz";

  @TempDir Path dir;
  private Path cache;
  private Path out;

  private record Outcome(int code, String output) {}

  @BeforeEach
  void makeFolders() throws IOException {
    cache = Files.createDirectories(dir.resolve("cache/viewer"));
    out = dir.resolve("target/classes/viewer");
  }

  @Test
  void givenNothingIsKept_whenBuiltOffline_thenTheBuildGoesOnAndSaysWhy() throws Exception {
    Outcome outcome = pack("true", node().getParent());

    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("left out of this build", "offline");
    assertThat(out.resolve("left-out.txt")).content().contains("offline");
    assertThat(out.resolve("manifest.json")).doesNotExist();
  }

  @Test
  void givenNoNpm_thenTheBuildGoesOnAndSaysWhy() throws Exception {
    Outcome outcome = pack("false", Files.createDirectory(dir.resolve("empty")));

    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(out.resolve("left-out.txt")).content().contains("npm wasn't there");
  }

  @Test
  void givenNpmThatFails_thenTheBuildGoesOnAndNothingIsLeftBehind() throws Exception {
    Path bin = Files.createDirectory(dir.resolve("bin"));
    Files.writeString(bin.resolve("npm"), "#!/bin/sh\nexit 1\n");
    assertThat(bin.resolve("npm").toFile().setExecutable(true)).isTrue();

    assertThat(pack("false", bin).code()).isZero();

    assertThat(out.resolve("left-out.txt")).content().contains("npm couldn't fetch");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void givenAnotherPackageThanThePublishedOne_thenTheBuildFailsAndDoesNotKeepIt() throws Exception {
    Files.writeString(cache.resolve(PACKAGE), "something else");

    Outcome outcome = pack("true", node().getParent());

    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.output()).contains("SHA-512");
    assertThat(cache.resolve(PACKAGE)).doesNotExist();
    assertThat(out).doesNotExist();
  }

  @Test
  void givenTheResultIsKept_whenBuiltOfflineWithoutNpm_thenItIsTheSame() throws Exception {
    String key = manifest().path("key").asString();
    Path kept = Files.createDirectories(cache.resolve(key).resolve("files")).getParent();
    Files.copy(PACKED.resolve("manifest.json"), kept.resolve("manifest.json"));
    Files.writeString(kept.resolve("files/a.js.br"), "kept");

    Outcome outcome = pack("true", Files.createDirectory(dir.resolve("empty")));

    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(out.resolve("manifest.json")).hasSameTextualContentAs(kept.resolve("manifest.json"));
    assertThat(out.resolve("files/a.js.br")).hasContent("kept");

    Files.writeString(out.resolve("files/a.js.br"), "not touched by the next build");
    assertThat(pack("true", dir).code()).isZero();
    assertThat(out.resolve("files/a.js.br")).hasContent("not touched by the next build");
  }

  @Test
  void givenThisBuildsViewer_thenEachFileIsThereInTheCodingsThatItsEntryNames() throws Exception {
    long listed = 0;
    for (var entry : manifest().path("files").properties()) {
      Path file = PACKED.resolve("files").resolve(entry.getKey());
      JsonNode about = entry.getValue();
      if (about.has("gzip")) {
        assertThat(Files.size(sibling(file, ".gz"))).isEqualTo(about.path("gzip").asLong());
        assertThat(Files.size(sibling(file, ".br"))).isEqualTo(about.path("br").asLong());
        listed += 2;
      } else {
        assertThat(Files.size(file)).isEqualTo(about.path("size").asLong());
        listed++;
      }
      assertThat(about.path("type").asString()).as(entry.getKey()).contains("/");
    }
    try (Stream<Path> files = Files.walk(PACKED.resolve("files"))) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(listed);
    }
  }

  @Test
  void givenThisBuildsViewer_thenItIsSmallAndItsLicenceIsThere() throws Exception {
    List<String> names = List.copyOf(manifest().path("files").propertyNames());
    assertThat(names)
        .contains("LICENSE.txt", "dicom-microscopy-viewer/dicomMicroscopyViewer.min.js")
        .noneMatch(name -> name.matches("ort/.*|.*\\.map|sw\\.js|google\\.js|app-config\\.js"));
    assertThat(text("LICENSE.txt")).contains("MIT License");
    try (Stream<Path> files = Files.walk(PACKED)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertThat(bytes).isLessThan(20_000_000);
    }
  }

  @Test
  void givenAnotherMinifierThanThePublishedOne_thenTheBuildFailsAndDoesNotKeepIt()
      throws Exception {
    keepPublished(PACKAGE);
    Files.writeString(cache.resolve(MINIFIER), "something else");

    Outcome outcome = pack("true", node().getParent());

    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.output()).contains("esbuild-wasm", "SHA-512");
    assertThat(cache.resolve(MINIFIER)).doesNotExist();
    assertThat(out).doesNotExist();
  }

  @Test
  void givenNoMinifier_whenBuiltOffline_thenTheViewerIsThereUnminifiedUntilThereIsOne()
      throws Exception {
    keepPublished(PACKAGE);

    Outcome outcome = pack("true", node().getParent());

    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output())
        .contains("aren't minified in this build", "offline", "esbuild-wasm")
        .doesNotContain("left out");
    assertThat(out.resolve("left-out.txt")).doesNotExist();
    JsonNode plain = JsonMapper.shared().readTree(out.resolve("manifest.json"));
    String key = plain.path("key").asString();
    assertThat(key).matches("3\\.13\\.2-[0-9a-f]{10}-plain");
    assertThat(cache.resolve(key).resolve("index.html")).exists();
    assertThat(plain.path("files").properties())
        .anySatisfy(file -> {
          assertThat(file.getKey()).matches("app\\.bundle\\.[0-9a-f]+\\.js");
          assertThat(file.getValue().path("size").asInt()).isGreaterThan(12_000_000);
        });

    // Stands for what a build with the minifier makes.
    String whole = key.replace("-plain", "");
    Path kept = Files.createDirectories(cache.resolve(whole));
    Files.writeString(kept.resolve("manifest.json"), "{\"key\": \"" + whole + "\"}");
    assertThat(pack("true", node().getParent()).code()).isZero();
    assertThat(out.resolve("manifest.json")).content().contains("\"" + whole + "\"");
  }

  @Test
  void givenABuildThatFails_thenNothingOfItIsLeftNorOfThoseThatWereKilled() throws Exception {
    keepPublished(PACKAGE);
    Path killed = Files.createDirectories(cache.resolve("half-killed/files")).getParent();
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path underWay = Files.createDirectory(cache.resolve("half-underWay"));
    Path fault = dir.resolve("fault.cjs");
    Files.writeString(
        fault,
        """
        require('node:zlib').brotliCompress = () => { throw new Error('no space left'); };
        require('node:module').syncBuiltinESMExports();
        """);

    Outcome outcome = pack("true", node().getParent(), "--require=" + fault);

    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.output()).contains("no space left");
    assertThat(killed).doesNotExist();
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).containsExactlyInAnyOrder(underWay, cache.resolve(PACKAGE));
    }
  }

  @Test
  void givenThisBuildsViewer_thenItsScriptsAreMinifiedAndTheirLicencesAreNamed() throws Exception {
    Assumptions.assumeFalse(
        manifest().path("key").asString().endsWith("-plain"), "it was built without a minifier");
    String main = text(main());

    assertThat(main.length()).isLessThan(8_000_000); // 17 million as published
    assertThat(main).contains("@license React");
  }

  @Test
  void givenThisBuildsViewer_thenWhatAStudyNeedsIsListedMostImportantFirst() throws Exception {
    List<String> ahead = manifest().path("ahead").valueStream().map(JsonNode::asString).toList();

    assertThat(ahead).startsWith(main()).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    assertThat(List.copyOf(manifest().path("files").propertyNames())).containsAll(ahead);
  }

  private static String main() throws IOException {
    return manifest().path("files").propertyNames().stream()
        .filter(name -> name.matches("app\\.bundle\\.[0-9a-f]+\\.js"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givenThisBuildsViewer_thenNothingOfItWantsToBeAtTheRoot() throws Exception {
    String page = Files.readString(PACKED.resolve("index.html"));
    assertThat(page)
        .contains("src=\"@page@app-config.js\"", "src=\"@files@app.bundle.")
        .doesNotContain("=\"/", "http:", "https:");
    assertThat(text("manifest.json")).doesNotContain("\"/");
    for (String name : manifest().path("files").propertyNames()) {
      if (name.endsWith(".css")) {
        assertThat(text(name)).as(name).doesNotContain("url(/");
      }
      if (name.endsWith(".bundle.js") || name.matches("[^/]*\\.bundle\\.[0-9a-f]+\\.js")) {
        assertThat(text(name))
            .as(name)
            .doesNotContainPattern("[\\w$]\\.p ?= ?['\"]/['\"]")
            .doesNotContainPattern("['\"`]/dicom-microscopy-viewer/");
      }
    }
  }

  private String text(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(PACKED.resolve("files").resolve(name + ".gz")))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /** Of this build's viewer; skips the test when it was left out. */
  private static JsonNode manifest() throws IOException {
    Path file = PACKED.resolve("manifest.json");
    Assumptions.assumeTrue(Files.exists(file), "the viewer was left out of this build");
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  /** As an earlier build did; skips the test where none did. */
  private void keepPublished(String name) throws IOException {
    Path published =
        Path.of(
            Optional.ofNullable(System.getenv("PACS_CACHE"))
                .orElse(System.getProperty("user.home") + "/.cache/regional-pacs"),
            "viewer",
            name);
    Assumptions.assumeTrue(Files.exists(published), "OHIF as published isn't kept here");
    Files.copy(published, cache.resolve(name));
  }

  private Outcome pack(String offline, Path programs, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(node().toString()));
    words.addAll(List.of(options));
    words.addAll(List.of(SCRIPT.toString(), out.toString(), offline));
    ProcessBuilder line = new ProcessBuilder(words);
    line.environment().put("PACS_CACHE", dir.resolve("cache").toString());
    line.environment().put("PATH", programs.toString());
    line.redirectErrorStream(true).redirectOutput(dir.resolve("output").toFile());
    Process process = line.start();
    if (!process.waitFor(300, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still runs");
    }
    return new Outcome(process.exitValue(), Files.readString(dir.resolve("output")));
  }

  private static Path node() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "node"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> Assumptions.abort("node isn't installed (see .ci/run)"));
  }
}
