package org.regionalpacs.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.test.ExternalTool;

/** What Compose itself says of the file; it needs no Docker engine for that. */
class DockerComposeTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "full"})
  void givenTheExampleOfSettings_whenComposeReadsTheFile_thenItUnderstandsAllOfIt(String profile)
      throws Exception {
    Path settings =
        Files.writeString(
            dir.resolve("env"),
            Files.readString(ComposeFile.REPOSITORY.resolve(".env.example"))
                .replace("COMPOSE_PROFILES=minimal", "COMPOSE_PROFILES=" + profile));

    ExternalTool.Outcome config = compose(settings, "config");

    assertThat(config.code()).as(config.output()).isZero();
    assertThat(config.output())
        .contains("PACS_DATABASE_URL: jdbc:postgresql://postgresql:5432/pacs")
        .contains("source: database_password")
        .doesNotContain("${");
    assertThat(compose(settings, "config", "--services").output().lines())
        .contains("storescp", "consumer", "wado", "webworker", "nginx");
  }

  @Test
  void givenAFileThatIsWrong_whenComposeReadsIt_thenItSaysSo() throws Exception {
    Path wrong = Files.writeString(dir.resolve("docker-compose.yml"), "services: {a: {imag: b:1}}");

    ExternalTool.Outcome config =
        ExternalTool.named("docker-compose").run("-f", wrong, "config", "--quiet");

    assertThat(config.code()).isNotZero();
    assertThat(config.output()).contains("imag");
  }

  private static ExternalTool.Outcome compose(Path settings, String... command) {
    Object[] line = new Object[4 + command.length];
    System.arraycopy(
        new Object[] {
          "--env-file", settings, "-f", ComposeFile.REPOSITORY.resolve("docker-compose.yml")
        },
        0,
        line,
        0,
        4);
    System.arraycopy(command, 0, line, 4, command.length);
    return ExternalTool.named("docker-compose").run(line);
  }
}
