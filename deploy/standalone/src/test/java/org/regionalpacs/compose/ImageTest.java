package org.regionalpacs.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionalpacs.compose.ComposeFile.REPOSITORY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.ExternalTool;

/** The image of the services, and the small programs that containers run. */
class ImageTest {
  private static final ComposeFile FILE = ComposeFile.ofRepository(Map.of());
  private static final List<String> MODULES =
      List.of("storescp-service", "consumer-service", "wado-service", "webworker-service");

  @TempDir Path dir;

  @Test
  void givenTheDockerfile_thenItBuildsTheModulesThatComposeAsksFor_andRunsThemAsItsUser()
      throws IOException {
    String dockerfile = read("deploy/image/Dockerfile");
    for (String module : MODULES) {
      Map<String, Object> build =
          ComposeFile.map(FILE.service(module.replace("-service", "")).values().get("build"));
      assertThat(build).containsEntry("dockerfile", "deploy/image/Dockerfile");
      assertThat(ComposeFile.map(build.get("args"))).containsEntry("MODULE", module);
      assertThat(FILE.service(module.replace("-service", "")).values())
          .containsEntry("user", "10001:10001");
    }
    assertThat(dockerfile)
        .contains("-pl " + String.join(",", MODULES) + " package")
        .contains("for module in " + String.join(" ", MODULES) + "; do")
        .contains("USER 10001:10001", "ENTRYPOINT [\"java\", \"@/app/java.args\"]");
  }

  @Test
  void givenTheDockerfile_thenItHasTheLibrariesThatTheCodecsCall_andTheFoldersThatVolumesTake()
      throws IOException {
    String dockerfile = read("deploy/image/Dockerfile");
    assertThat(read("wado-service/src/main/resources/wado.yml"))
        .contains("libcharls.so.2}", "libopenjp2.so.7}");
    assertThat(dockerfile).contains(" libopenjp2-7 libcharls2 ", " curl ");
    // A volume takes owner and rights of the folder of the image.
    for (String mount : FILE.service("wado").texts("volumes")) {
      String folder = mount.contains(":") ? mount.split(":")[1] : mount;
      if (!folder.equals("/etc/pacs")) {
        assertThat(dockerfile).containsPattern("mkdir -p .*" + folder + "[ \\\\]*");
      }
    }
  }

  @Test
  void givenAModuleThatIsNoService_whenAssembled_thenThatIsSaid() {
    ExternalTool.Outcome outcome =
        ExternalTool.named("sh").run(REPOSITORY.resolve("deploy/image/assemble"), "bench", dir);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.output()).contains("bench isn't a service that was built");
  }

  @Test
  void givenTheTemplateOfNginx_thenComposeSetsExactlyItsVariables() {
    TreeSet<String> set = new TreeSet<>(FILE.service("nginx").environment().keySet());
    set.removeIf(name -> name.startsWith("NGINX_ENVSUBST_"));

    assertThat(set).isEqualTo(NginxTemplate.variables());
  }

  @Test
  void givenSecretsThatAreThere_whenTheyAreMadeAgain_thenTheyStay() throws IOException {
    Path secrets = dir.resolve("secrets");
    makeSecrets(secrets);
    String password = Files.readString(secrets.resolve("database_password"));
    Files.delete(secrets.resolve("redis_password"));
    makeSecrets(secrets);

    assertThat(password).matches("[0-9a-f]{48}");
    assertThat(secrets.resolve("database_password")).hasContent(password);
    assertThat(secrets.resolve("redis_password")).isNotEmptyFile();
    assertThat(Files.getPosixFilePermissions(secrets)).hasSize(3);
    assertThat(Files.getPosixFilePermissions(secrets.resolve("tls.key"))).hasSize(4);
  }

  private static void makeSecrets(Path folder) {
    ExternalTool.Outcome made =
        ExternalTool.named("sh").run(REPOSITORY.resolve("deploy/compose/make-secrets"), folder);
    assertThat(made.code()).as(made.output()).isZero();
  }

  @Test
  void givenADoris_whenItsSchemaIsMade_thenAllTablesAndUsersAreAskedFor_andNoPasswordIsAnArgument()
      throws IOException {
    Files.writeString(dir.resolve("doris_password"), "secret1");
    Files.writeString(dir.resolve("grafana_warehouse_password"), "secret2");
    Path mysql =
        Files.writeString(
            dir.resolve("mysql"), "#!/bin/sh\necho \"mysql $*\"\n[ $# = 8 ] || cat\n");
    assertThat(mysql.toFile().setExecutable(true)).isTrue();

    ExternalTool.Outcome made =
        ExternalTool.named("env")
            .run(
                "PATH=" + dir + ":" + System.getenv("PATH"),
                "DORIS_SECRETS=" + dir,
                "DORIS_SCHEMA=" + REPOSITORY.resolve("deploy/doris"),
                "sh",
                REPOSITORY.resolve("deploy/compose/doris-schema"));

    assertThat(made.code()).as(made.output()).isZero();
    assertThat(made.output())
        .contains("mysql -h doris-fe -P 9030 -u root -e CREATE DATABASE IF NOT EXISTS pacs")
        .contains(
            "CREATE TABLE IF NOT EXISTS `dicom_state_meta`",
            "CREATE TABLE IF NOT EXISTS `dicom_image_meta`",
            "CREATE TABLE IF NOT EXISTS `wado_access_log`",
            "CREATE TABLE IF NOT EXISTS `conversion_record`",
            "CREATE VIEW IF NOT EXISTS `received_series`",
            "SET PASSWORD FOR 'pacs' = PASSWORD('secret1');",
            "SET PASSWORD FOR 'grafana' = PASSWORD('secret2');")
        .doesNotContain("${");
    assertThat(made.output().lines().filter(line -> line.startsWith("mysql ")))
        .hasSize(3)
        .noneMatch(line -> line.contains("secret"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(REPOSITORY.resolve(file));
  }
}
