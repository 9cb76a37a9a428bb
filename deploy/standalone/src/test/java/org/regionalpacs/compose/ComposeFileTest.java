package org.regionalpacs.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionalpacs.compose.ComposeFile.REPOSITORY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.ExternalTool;

/** What docker-compose.yml says fits the code, the folders and itself. */
class ComposeFileTest {
  private static final ComposeFile FILE = ComposeFile.ofRepository(Map.of());
  private static final List<String> OURS = List.of("storescp", "consumer", "wado", "webworker");

  /** Read by the JVM, not by a service. */
  private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

  @ParameterizedTest
  @ValueSource(strings = {"storescp", "consumer", "wado", "webworker"})
  void givenAService_thenItsSettingsExplainEveryVariableAndSecretItGets(String name)
      throws IOException {
    ComposeService service = FILE.service(name);
    String settings =
        Files.readString(
            REPOSITORY.resolve("%s-service/src/main/resources/%s.yml".formatted(name, name)));
    Set<String> given = new TreeSet<>(service.environment().keySet());
    given.addAll(service.secrets().keySet());
    given.remove(JVM_OPTIONS);
    // Others are no settings, but files that a setting names.
    service
        .environment()
        .values()
        .forEach(value -> given.removeIf(each -> value.equals("/run/secrets/" + each)));

    assertThat(given)
        .hasSizeGreaterThan(10)
        .allSatisfy(variable -> {
          if (variable.startsWith("SPRING_")) {
            assertThat(settings).contains("# Passwords as files", variable + "=");
          } else {
            assertThat(settings)
                .containsPattern("\\$\\{" + variable + ":.*} # " + variable + "\\b");
          }
        });
  }

  @Test
  void givenVariablesOfTheFile_thenTheExampleHasThemWithTheSameDefaults() throws IOException {
    Map<String, String> example = EnvFile.read(REPOSITORY.resolve(".env.example")).values();

    assertThat(example).containsEntry("COMPOSE_PROFILES", "minimal");
    Map<String, String> rest = new TreeMap<>(example);
    rest.remove("COMPOSE_PROFILES");
    assertThat(rest).isEqualTo(FILE.defaults());
  }

  @Test
  void givenTheLinesForFull_whenTakenInPlaceOfTheOthers_thenArchiveAndWarehouseAreItsServices()
      throws IOException {
    EnvFile example = EnvFile.read(REPOSITORY.resolve(".env.example"));
    assertThat(example.commentedOut().keySet())
        .containsExactlyInAnyOrder(
            "PACS_ARCHIVE_STORE",
            "PACS_FASTDFS_TRACKERS",
            "PACS_WAREHOUSE_DORIS_FRONTENDS",
            "PACS_LOADER_AGE");
    ComposeFile full = ComposeFile.ofRepository(example.commentedOut());

    for (String name : OURS) {
      Map<String, String> environment = full.service(name).environment();
      assertThat(environment)
          .containsEntry("PACS_ARCHIVE_STORE", "fastdfs")
          .containsEntry("PACS_FASTDFS_TRACKERS", "fastdfs-tracker:22122");
    }
    assertThat(full.service("consumer").environment())
        .containsEntry("PACS_WAREHOUSE_DORIS_FRONTENDS", "http://doris-fe:8030")
        .containsEntry("PACS_LOADER_AGE", "10s");
    assertThat(Addresses.wrongIn(full)).isEmpty();
  }

  @Test
  void givenAddresses_thenEachIsAServiceOfTheFileThatListensThere() {
    assertThat(Addresses.namedIn(FILE)).hasSizeGreaterThan(12);
    assertThat(Addresses.wrongIn(FILE)).isEmpty();
  }

  @Test
  void givenPublishedPorts_thenTheContainersListenThere_andOnLoopbackUnlessToldOtherwise() {
    for (ComposeService service : FILE.services().values()) {
      assertThat(service.texts("ports"))
          .allSatisfy(port -> {
            String[] parts = port.split(":");
            assertThat(parts).hasSize(3);
            assertThat(parts[0]).isEqualTo("127.0.0.1");
            assertThat(Addresses.portsOf(service)).contains(Integer.parseInt(parts[2]));
          });
    }
    assertThat(FILE.service("nginx").texts("ports")).hasSize(4);
  }

  @Test
  void givenACertificateWithoutItsKey_whenSecretsAreMade_thenItIsLeftAlone(@TempDir Path secrets)
      throws IOException {
    Path certificate = Files.writeString(secrets.resolve("tls.crt"), "from the hospital");

    ExternalTool.Outcome made =
        ExternalTool.named("sh").run(REPOSITORY.resolve("deploy/compose/make-secrets"), secrets);

    assertThat(made.code()).as(made.output()).isEqualTo(1);
    assertThat(made.output()).contains("only one of tls.crt and tls.key");
    assertThat(certificate).hasContent("from the hospital");
  }

  @Test
  void givenMountsVolumesAndSecrets_thenAllOfThemAreThere(@TempDir Path secrets) {
    ExternalTool.Outcome made =
        ExternalTool.named("sh")
            .run(REPOSITORY.resolve("deploy/compose/make-secrets"), secrets, "pacs.example");
    assertThat(made.code()).as(made.output()).isZero();
    FILE.secretFiles()
        .values()
        .forEach(secret -> {
          Path file = Path.of(String.valueOf(secret));
          assertThat(file.getParent()).isEqualTo(Path.of("./secrets"));
          assertThat(secrets.resolve(file.getFileName())).isNotEmptyFile();
        });

    for (ComposeService service : FILE.services().values()) {
      assertThat(FILE.secretFiles().keySet()).containsAll(service.secrets().values());
      for (String mount : service.texts("volumes")) {
        String source = mount.split(":")[0];
        if (source.startsWith(".")) {
          assertThat(REPOSITORY.resolve(source)).exists();
          assertThat(mount).endsWith(":ro");
        } else if (mount.contains(":")) {
          assertThat(FILE.top("volumes")).containsKey(source);
        }
      }
    }
  }

  @Test
  void givenImagesOfOthers_thenEachIsOfOneVersion() {
    for (ComposeService service : FILE.services().values()) {
      if (!OURS.contains(service.name())) {
        assertThat(service.image())
            .matches("[a-z0-9/-]+:[a-zA-Z-]*\\d+\\.\\d+(\\.\\d+)?(-alpine)?");
      }
    }
  }

  @Test
  void givenContainers_thenEachHasAHealthCheckLimitsAndBoundedLogs() {
    for (ComposeService service : FILE.services().values()) {
      assertThat(service.limits()).as(service.name()).containsKeys("cpus", "memory");
      assertThat(ComposeFile.texts(service.values().get("logging")))
          .as(service.name())
          .contains("50m", "5");
      if (service.texts("entrypoint").isEmpty()) {
        assertThat(service.values()).as(service.name()).containsKey("healthcheck");
        assertThat(service.values()).containsEntry("restart", "unless-stopped");
      }
    }
  }

  @Test
  void givenContainersOfOursAndTheWayIn_thenTheyHaveNoRightsThatTheyDontNeed() {
    for (String name : Stream.concat(OURS.stream(), Stream.of("nginx")).toList()) {
      ComposeService service = FILE.service(name);
      assertThat(service.values()).containsEntry("read_only", true);
      assertThat(service.texts("cap_drop")).containsExactly("ALL");
      assertThat(service.texts("security_opt")).containsExactly("no-new-privileges:true");
      assertThat(String.valueOf(service.values().get("user"))).matches("[1-9]\\d+:[1-9]\\d+");
    }
  }

  @Test
  void givenTheOrderOfStart_thenEveryoneWaitsForHealthOfServicesInTheirProfiles() {
    for (ComposeService service : FILE.services().values()) {
      service
          .waitsFor()
          .forEach((other, condition) -> {
            // What makes the tables has done it when it has ended.
            String met =
                other.equals("doris-schema") ? "service_completed_successfully" : "service_healthy";
            assertThat(condition).as(service.name()).isEqualTo(met);
            assertThat(FILE.service(other).profiles()).containsAll(service.profiles());
          });
    }
    assertThat(FILE.service("nginx").waitsFor()).containsKeys("wado", "storescp");
    // Images are taken while the database is away.
    assertThat(FILE.service("storescp").waitsFor()).containsOnlyKeys("kafka");
  }

  @Test
  void givenProfiles_thenMinimalHasWhatIsNeeded_andFullHasAll() {
    assertThat(inProfile("minimal"))
        .containsExactlyInAnyOrder(
            "storescp", "consumer", "wado", "webworker", "nginx", "kafka", "postgresql", "redis");
    assertThat(inProfile("full")).containsExactlyInAnyOrderElementsOf(FILE.services().keySet());
    assertThat(FILE.service("wado").replicas()).isEqualTo(2);
    assertThat(FILE.service("consumer").replicas()).isGreaterThan(1);
  }

  private static List<String> inProfile(String profile) {
    return FILE.services().values().stream()
        .filter(service -> service.profiles().contains(profile))
        .map(ComposeService::name)
        .toList();
  }

  @Test
  void givenFoldersOfOneProcessAlone_thenTheyAreInAVolumeOfEachContainer() {
    for (String name : OURS) {
      ComposeService service = FILE.service(name);
      assertThat(service.texts("volumes")).contains("/scratch");
      assertThat(service.environment())
          .allSatisfy((variable, value) -> {
            if (variable.endsWith("_SCRATCH") || variable.endsWith("_SPOOL")) {
              assertThat(value).startsWith("/scratch/");
            } else if (variable.endsWith("_ROOT") || variable.endsWith("_JOURNALS")) {
              assertThat(value).startsWith("/data/");
            }
          });
    }
  }

  @Test
  void givenNamesOfTopicsAndDatabases_thenTheCodeHasThem() throws IOException {
    assertThat(FILE.service("postgresql").environment())
        .containsEntry("POSTGRES_DB", "pacs")
        .containsEntry("POSTGRES_USER", "pacs");
    for (String name : OURS) {
      assertThat(FILE.service(name).environment())
          .containsEntry("PACS_DATABASE_URL", "jdbc:postgresql://postgresql:5432/pacs")
          .containsEntry("PACS_DATABASE_USER", "pacs");
    }
    assertThat(
            Files.readString(
                REPOSITORY.resolve("consumer-service/src/main/resources/consumer.yml")))
        .contains(
            "jdbc:postgresql://127.0.0.1:5432/pacs}", "${PACS_WAREHOUSE_DORIS_DATABASE:pacs}");
    Collection<String> topics = new ArrayList<>();
    for (String file :
        List.of("docker-compose.yml", "deploy/README.md", "deploy/nginx/README.md")) {
      Matcher named =
          Pattern.compile("\\b[a-z_]+_queue\\b")
              .matcher(Files.readString(REPOSITORY.resolve(file)));
      named.results().forEach(topic -> topics.add(topic.group()));
    }
    assertThat(Topics.RETENTION_MS.keySet()).containsAll(topics);
  }
}
