package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.codec.Availability;

/** {@code ./pacs doctor} where the product doesn't run. */
class DoctorTest {
  private static final long GIGABYTE = 1L << 30;

  @TempDir Path dir;

  @Test
  void givenAPortIsTakenAndLittleRoom_whenAskedBeforeTheFirstStart_thenALineEachSaysWhatToDo()
      throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PacsProcess doctor =
          PacsProcess.run(
              "doctor",
              "--data",
              dir.resolve("none"),
              "--least-free=1000000TB",
              "--http-port",
              taken.getLocalPort());

      assertThat(doctor.exitCode()).isEqualTo(1);
      assertThat(doctor.output())
          .contains("ok       product     was never started here")
          .contains("ok       java        25")
          .contains("TROUBLE  disk ", "make room")
          .contains(
              "TROUBLE  ports       Port %d for DICOMweb is taken: free it, or choose another with --http-port"
                  .formatted(taken.getLocalPort()))
          .containsPattern("[0-9] of [0-9]+ need you");
      assertThat(dir.resolve("none")).as("looking makes nothing").doesNotExist();
    }
  }

  @Test
  void givenNonsenseForASize_thenItIsWrongUsage() throws Exception {
    PacsProcess doctor = PacsProcess.run("doctor", "--data", dir, "--least-free=much");

    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.output().strip()).isEqualTo("--least-free: 'much' is no size");
  }

  @Test
  void givenRoomEnough_thenTheDiskIsWellUnlessItsOnlineStoreIsNotMounted() throws Exception {
    DataFolder folder = DataFolder.make(dir);

    assertThat(new DiskExamination(folder, 1).look()).singleElement().matches(Diagnosis::well);
    Files.createDirectories(folder.postgresql());
    assertThat(new DiskExamination(folder, 1).look())
        .anySatisfy(
            each -> assertThat(each.line()).startsWith("TROUBLE").contains("mount its volume"));
  }

  @Test
  void givenTheDataFolderIsAFile_thenItIsTrouble() throws Exception {
    DataFolder folder = DataFolder.of(Files.createFile(dir.resolve("file")));

    assertThat(new DiskExamination(folder, 1).look())
        .anySatisfy(each -> assertThat(each.line()).startsWith("TROUBLE").contains("is no folder"));
  }

  @Test
  void givenAClockThatWentBack_thenItIsTroubleBeforeAStart() throws Exception {
    DataFolder folder = DataFolder.make(dir);
    Instant now = Instant.now();
    assertThat(new ClockExamination(folder, now).look().text()).contains(now.toString());
    Path log = Files.createFile(folder.log("pacs"));
    Files.setLastModifiedTime(log, FileTime.from(now.plus(Duration.ofHours(1))));

    assertThat(new ClockExamination(folder, now).look())
        .matches(each -> !each.well())
        .extracting(Diagnosis::text)
        .asString()
        .contains("NTP");
    assertThat(new ClockExamination(folder, Instant.EPOCH).look().well()).isFalse();
  }

  @Test
  void givenAnOldJavaLittleMemoryOrNoLibrary_thenEachIsTroubleWithARemedy() {
    assertThat(MachineExaminations.java(21, "21.0.1").line())
        .startsWith("TROUBLE")
        .contains("install a JDK 25");
    assertThat(MachineExaminations.memory(GIGABYTE, OptionalLong.empty(), false).well()).isFalse();
    OptionalLong little = OptionalLong.of(GIGABYTE / 2);
    assertThat(MachineExaminations.memory(8 * GIGABYTE, little, false).well()).isFalse();
    assertThat(MachineExaminations.memory(8 * GIGABYTE, little, true).well()).isTrue();
    assertThat(
            MachineExaminations.library(
                    Availability.missing("CharLS", "libcharls2", "libcharls.so.2 isn't installed"))
                .line())
        .startsWith("TROUBLE  charls")
        .contains("install the package libcharls2");
  }

  @Test
  void givenOneLookHangsAndAnotherFails_thenTheOthersAreToldInTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);

    List<Diagnosis> found =
        Examination.all(
            List.of(
                Examination.of(
                    "hanging",
                    () -> {
                      never.await();
                      return Diagnosis.ok("hanging", "");
                    }),
                Examination.of(
                    "failing",
                    () -> {
                      throw new IOException("broken");
                    }),
                Examination.of("well", () -> Diagnosis.ok("well", "it is"))),
            Duration.ofSeconds(5));

    assertThat(found)
        .extracting(Diagnosis::line)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("TROUBLE  hanging").contains("no answer in time"),
            line -> assertThat(line).startsWith("TROUBLE  failing").endsWith("broken"),
            line -> assertThat(line).startsWith("ok       well"));
  }

  @Test
  void givenEnginesOfOthersThatDoNotAnswer_thenTheyAreNamed() throws Exception {
    DataFolder folder = DataFolder.make(dir);
    int nobody = PacsProcess.anyFreePort();
    new ArchiveChoice(ArchiveChoice.Store.FASTDFS, List.of("127.0.0.1:" + nobody)).write(folder);
    Files.writeString(
        folder.settings(),
        """
        pacs:
          warehouse.doris.frontends: http://127.0.0.1:%d
          fastdfs.deadline: 2s
        """
            .formatted(nobody));

    assertThat(Examination.all(new OutsideExaminations(folder).all(), Duration.ofMinutes(1)))
        .extracting(Diagnosis::line)
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("ok       settings"),
            line -> assertThat(line).startsWith("TROUBLE  fastdfs").contains("127.0.0.1:" + nobody),
            line -> assertThat(line).startsWith("TROUBLE  doris").contains("doesn't answer"));
  }

  @Test
  void givenADorisThatIsNotWell_thenItIsTrouble() throws Exception {
    HttpServer doris =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] status = {500};
    doris.createContext(
        "/api/health",
        exchange -> {
          exchange.sendResponseHeaders(status[0], -1);
          exchange.close();
        });
    doris.start();
    try {
      DataFolder folder = DataFolder.make(dir);
      Files.writeString(
          folder.settings(),
          "pacs.warehouse.doris.frontends: http://127.0.0.1:" + doris.getAddress().getPort());

      assertThat(dorisLine(folder)).startsWith("TROUBLE  doris").contains("answers 500");
      status[0] = 200;
      assertThat(dorisLine(folder)).startsWith("ok       doris");
    } finally {
      doris.stop(0);
    }
  }

  private static String dorisLine(DataFolder folder) throws Exception {
    return Examination.all(new OutsideExaminations(folder).all(), Duration.ofMinutes(1))
        .getLast()
        .line();
  }

  @Test
  void givenSettingsThatNobodyCanRead_thenItIsTrouble() throws Exception {
    DataFolder folder = DataFolder.make(dir);
    Files.writeString(folder.settings(), "pacs: [");

    assertThat(Examination.all(new OutsideExaminations(folder).all(), Duration.ofMinutes(1)))
        .singleElement()
        .satisfies(
            each -> assertThat(each.line()).startsWith("TROUBLE  settings").contains("pacs.yml"));
  }

  @Test
  void givenEnginesThatAreGone_whenTheProductSaysItRuns_thenEachIsTrouble() throws Exception {
    DataFolder folder = DataFolder.make(dir);
    int nobody = PacsProcess.anyFreePort();
    RunState state =
        new RunState(
            1,
            Instant.now(),
            true,
            Ports.LOOPBACK,
            nobody,
            nobody,
            nobody,
            nobody,
            nobody,
            nobody,
            true);
    new Holds(folder).hold("redis");

    assertThat(Examination.all(new EngineExaminations(folder, state).all(), Duration.ofMinutes(1)))
        .extracting(Diagnosis::line)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("TROUBLE  postgresql"),
            line -> assertThat(line).startsWith("TROUBLE  kafka").contains("doesn't answer"),
            line -> assertThat(line).startsWith("TROUBLE  redis").contains("./pacs start redis"));
    assertThat(Examination.all(EngineExaminations.services(state), Duration.ofMinutes(1)))
        .hasSize(4)
        .noneMatch(Diagnosis::well);
  }
}
