package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each starts the product as it was last built by {@code ./pacs build}, and its peers. */
@Tag("long")
class CompareCommandsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path folder;

  @BeforeEach
  void useTheBuild() {
    Assumptions.assumeTrue(
        Files.exists(ROOT.resolve("deploy/standalone/target/app/java.args")),
        "the product isn't built: ./pacs build");
    System.setProperty(Product.HOME, ROOT.toString());
  }

  @AfterEach
  void forgetTheBuild() {
    System.clearProperty(Product.HOME);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ingest   | --images=8 --warm-up=32                | accepted, images/s       | image
          metadata | --images=8 --seconds=0.2 --warm-up=0.2 | first request            | series metadata, 8 clients
          frames   | --images=8 --seconds=0.2 --warm-up=0.2 | frames, 16 clients       | frames, 16 clients
          study    | --images=8 --seconds=0.2 --warm-up=0.2 | whole series, 1 client   | whole series, 4 clients
          query    | --studies=9 --seconds=0.2 --warm-up=0.2| study list, 16 clients   | priors, 16 clients
          mixed    | --images=8                             | frames meanwhile         | image, with all
          viewer   | --images=8 --links=100                 | last image, 100 Mbit/s   | study opened, visits before, this machine
          """)
  void givenASmallRun_whenCompared_thenEverybodyWhoTakesPartHasFiguresAndNothingIsLeft(
      String command, String options, String measure, String work) throws IOException {
    String text = run(command, options);
    List<String> rows = text.lines().filter(line -> line.startsWith("| " + measure)).toList();
    assertThat(rows).anyMatch(row -> row.contains("| product |"));
    if (Peer.ORTHANC.installed().isPresent()) {
      assertThat(rows).anyMatch(row -> row.contains("| Orthanc |"));
      assertThat(text).contains("Orthanc 1.");
    } else {
      assertThat(text).contains("Orthanc is left out");
    }
    assertThat(text.lines().filter(line -> line.startsWith("| " + work)))
        .anyMatch(row -> row.contains("services ") && row.contains("| product |"));
  }

  @Test
  void givenSmallIndexes_whenTheyAreCompared_thenEachHasFigures() throws IOException {
    String text =
        run(
            "growth",
            "--studies=1000,2000 --images=8 --warm-up-images=32 --seconds=0.2 --warm-up=0.2");
    assertThat(text)
        .contains("| accepted, images/s | 1,000 studies |", "| study list, 16 clients, 95 % within")
        .containsPattern("2,000 studies .* at most 2.00 ");
  }

  private String run(String command, String options) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path results = folder.resolve("results.md");
    List<String> line =
        new ArrayList<>(List.of(command, "--rounds=1", "--work=" + work, "--out=" + results));
    line.addAll(List.of(options.strip().split(" ")));
    assertThat(Bench.execute(line.toArray(String[]::new))).isZero();
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
    return Files.readString(results);
  }
}
