package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path dir;

  @Test
  void givenAPortIsTaken_whenUp_thenOneLineNamesItAndNothingStarts() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PacsProcess up = PacsProcess.run("up", "--data", dir, "--http-port", taken.getLocalPort());

      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(up.output().lines().filter(line -> line.contains("DICOMweb")))
          .containsExactly(
              "Port %d for DICOMweb is taken: free it, or choose another with --http-port"
                  .formatted(taken.getLocalPort()));
      assertThat(dir.resolve("postgresql")).doesNotExist();
    }
  }

  @Test
  void givenAKilledRunLeftItsState_whenUpAgain_thenNobodyTakesItForTheNewOne() throws Exception {
    Files.createDirectories(dir.resolve("run"));
    Files.writeString(dir.resolve("run/state"), "ready=true\n");

    PacsProcess.run("up", "--detach", "--data", dir, "--http-port=31999", "--redis-port=31999");

    assertThat(dir.resolve("run/state")).doesNotExist();
  }

  @Test
  void givenAPortIsWantedTwice_whenUp_thenALineSaysSo() throws Exception {
    PacsProcess up =
        PacsProcess.run("up", "--data", dir, "--http-port=31999", "--redis-port=31999");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output())
        .contains("Port 31999 for Redis is wanted twice: choose another with --redis-port");
  }

  @Test
  void givenTheDataFolderIsAFile_whenUp_thenALineSaysSo() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    PacsProcess up = PacsProcess.run("up", "--data", file);

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output()).startsWith("The data folder " + file + " can't be used");
  }

  @Test
  void givenAnAddressOfAnotherMachine_whenUp_thenALineNamesTheOption() throws Exception {
    PacsProcess up = PacsProcess.run("up", "--data", dir, "--bind", "192.0.2.1");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output().strip())
        .isEqualTo("192.0.2.1 isn't an address of this machine: see --bind");
  }

  @Test
  void givenItDoesNotRun_thenStatusDownAndDemoSaySoWithAnExitCodeOfTheirOwn() throws Exception {
    for (String command : new String[] {"status", "statistics", "down", "demo", "stop kafka"}) {
      List<Object> line = new ArrayList<>(List.of((Object[]) command.split(" ")));
      line.addAll(List.of("--data", dir.resolve("none")));
      PacsProcess asked = PacsProcess.run(line.toArray());

      assertThat(asked.exitCode()).isEqualTo(3);
      assertThat(asked.output()).startsWith("Not running on ");
    }
  }

  @Test
  void givenNoOnlineStore_whenRebuilt_thenNothingIsTouched() throws Exception {
    PacsProcess rebuild = PacsProcess.run("rebuild", "--yes", "--data", dir);

    assertThat(rebuild.exitCode()).isEqualTo(1);
    assertThat(rebuild.output()).contains("There is no online store in ", "is its volume mounted?");
    assertThat(dir).isEmptyDirectory();

    Files.createDirectories(dir.resolve("online"));
    Files.writeString(dir.resolve("online/.node"), "");
    Files.createDirectories(dir.resolve("archive"));
    assertThat(PacsProcess.run("rebuild", "--yes", "--data", dir).output())
        .contains("There is no archive in ", "is its volume mounted?");
    Files.delete(dir.resolve("archive"));
    new ArchiveChoice(ArchiveChoice.Store.FASTDFS, List.of("127.0.0.1:22122"))
        .write(DataFolder.of(dir));
    assertThat(PacsProcess.run("rebuild", "--yes", "--data", dir).output())
        .contains("There is no catalogue of what FastDFS has in ");
  }

  @Test
  void givenNobodyConfirms_whenRebuilt_thenNothingIsChanged() throws Exception {
    Files.createDirectories(dir.resolve("online"));
    Files.writeString(dir.resolve("online/.node"), "");
    PacsProcess rebuild = PacsProcess.start("rebuild", "--data", dir).awaitOutput("who read what");
    rebuild.process().outputWriter().append("no\n").close();

    assertThat(rebuild.exitCode()).isEqualTo(2);
    assertThat(rebuild.output())
        .contains("pins, query tags", "who read what")
        .contains("Nothing was changed.");
    assertThat(dir.resolve("postgresql")).doesNotExist();
  }

  @Test
  void givenNobodyListens_whenSent_thenTheReasonIsShownAndTheExitCodeIsOne() throws Exception {
    Path file = dir.resolve("notes.txt");
    Files.writeString(file, "not DICOM");
    org.regionalpacs.test.SampleObjects.newStudy().write(dir, 2);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    PacsProcess sent = PacsProcess.run("send", dir, "--to", "NOBODY@127.0.0.1:" + port);

    assertThat(sent.exitCode()).isEqualTo(1);
    assertThat(sent.output())
        .contains("0 of 2 files stored", "1 files skipped: not DICOM", "2 failed: ", "refused");
  }

  @Test
  void givenATenantThatCantBe_whenStatisticsAreAsked_thenItIsWrongUsage() throws Exception {
    PacsProcess asked = PacsProcess.run("statistics", "--tenant=../x", "--data", dir);

    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.output().strip()).isEqualTo("--tenant: '../x' is none");
  }
}
