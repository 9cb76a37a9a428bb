package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.UID;

/** DCMTK as the other side. */
class DcmtkTest {
  @TempDir Path folder;

  @Test
  void givenEchoscu_whenItCalls_thenAnswered() throws IOException {
    try (StoringServer server = StoringServer.start()) {
      Dcmtk.Outcome outcome =
          Dcmtk.run("echoscu", "-v", "-aec", StoringServer.AE, "127.0.0.1", port(server));
      assertThat(outcome.code()).as(outcome.output()).isZero();
      assertThat(outcome.output()).contains("Received Echo Response (Success)");
    }
  }

  @Test
  void givenEchoscuWith128Contexts_whenItCalls_thenAnswered() throws IOException {
    try (StoringServer server = StoringServer.start()) {
      Dcmtk.Outcome outcome =
          Dcmtk.run("echoscu", "-ppc", 128, "-aec", StoringServer.AE, "127.0.0.1", port(server));
      assertThat(outcome.code()).as(outcome.output()).isZero();
    }
  }

  @Test
  void givenEchoscuThatAborts_whenItCalls_thenTheServerNoticesAndGoesOn() throws IOException {
    try (StoringServer server = StoringServer.start()) {
      Dcmtk.run("echoscu", "--abort", "-aec", StoringServer.AE, "127.0.0.1", port(server));
      assertThat(Dcmtk.run("echoscu", "-aec", StoringServer.AE, "127.0.0.1", port(server)).code())
          .isZero();
      // Its own thread says so.
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> server.endings.contains(AssociationListener.Ending.ABORTED));
    }
  }

  @Test
  void givenEchoscuWithAWrongTitle_whenItCalls_thenItIsToldSo() throws IOException {
    try (StoringServer server = StoringServer.start()) {
      Dcmtk.Outcome outcome = Dcmtk.run("echoscu", "-aec", "NOBODY", "127.0.0.1", port(server));
      assertThat(outcome.output())
          .contains("Result: Rejected Permanent, Source: Service User")
          .contains("Called AE Title Not Recognized");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 16_384, 131_072})
  void givenStorescu_whenItSends_thenTheBytesAreThoseOfTheFile(int maxPdu) throws IOException {
    Path file = sample(UID.ExplicitVRLittleEndian, 300_000);
    try (StoringServer server = StoringServer.start()) {
      Dcmtk.Outcome outcome =
          Dcmtk.run(
              "storescu",
              "-pdu",
              maxPdu,
              "-aec",
              StoringServer.AE,
              "127.0.0.1",
              port(server),
              file);
      assertThat(outcome.code()).as(outcome.output()).isZero();
      assertThat(server.stored.getFirst().dataSet()).isEqualTo(SampleFile.dataSet(file));
    }
  }

  @Test
  void givenDcmsendWithManyFiles_whenItSends_thenAllArrive() throws IOException {
    for (int i = 0; i < 20; i++) {
      sample(UID.ExplicitVRLittleEndian, 1000 + 2 * i);
    }
    try (StoringServer server = StoringServer.start()) {
      Dcmtk.Outcome outcome =
          Dcmtk.run(
              "dcmsend",
              "--scan-directories",
              "-aec",
              StoringServer.AE,
              "127.0.0.1",
              port(server),
              folder);
      assertThat(outcome.code()).as(outcome.output()).isZero();
      assertThat(server.stored).hasSize(20);
    }
  }

  @Test
  void givenAStatusWithAComment_whenStorescuGetsIt_thenItReadsBoth() throws IOException {
    Path file = sample(UID.ExplicitVRLittleEndian, 1000);
    StoreHandler full = (_, _) -> StoreResult.of(Status.OUT_OF_RESOURCES, "disk is full");
    try (StoringServer server = StoringServer.start(ServerOptions.onLoopback(), full)) {
      Dcmtk.Outcome outcome =
          Dcmtk.run("storescu", "-d", "-aec", StoringServer.AE, "127.0.0.1", port(server), file);
      assertThat(outcome.output()).contains("0xa700").contains("disk is full");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 131_072})
  void givenStorescp_whenOurClientSends_thenItWritesTheSameBytes(int maxPdu) throws IOException {
    Path received = Files.createDirectory(folder.resolve("received"));
    List<Path> files =
        List.of(
            sample(UID.ExplicitVRLittleEndian, 300_000),
            sample(UID.ImplicitVRLittleEndian, 2),
            sample(UID.ExplicitVRBigEndian, 500));
    // +B: bytes as they come; -uf: files named by SOP Instance UID.
    try (Dcmtk.StoreScp storescp = new Dcmtk.StoreScp(received, "+B", "-uf", "-pdu", maxPdu)) {
      List<SendOutcome> outcomes = send(storescp, files);
      assertThat(outcomes).allSatisfy(o -> assertThat(o.stored()).as(o.text()).isTrue());
    }
    for (Path file : files) {
      Path written = only(received, file.getFileName().toString().replace(".dcm", ""));
      assertThat(SampleFile.dataSet(written)).isEqualTo(SampleFile.dataSet(file));
    }
  }

  @Test
  void givenStorescpThatAborts_whenOurClientSends_thenItSaysSo() throws IOException {
    Path received = Files.createDirectory(folder.resolve("received"));
    try (Dcmtk.StoreScp storescp = new Dcmtk.StoreScp(received, "--abort-during")) {
      List<SendOutcome> outcomes =
          send(storescp, List.of(sample(UID.ExplicitVRLittleEndian, 10_000_000)));
      assertThat(outcomes.getFirst().stored()).isFalse();
      assertThat(outcomes.getFirst().text()).contains("aborted by the peer");
    }
  }

  @Test
  void givenStorescpThatRefuses_whenOurClientSends_thenItSaysWhy() throws IOException {
    Path received = Files.createDirectory(folder.resolve("received"));
    try (Dcmtk.StoreScp storescp = new Dcmtk.StoreScp(received)) {
      List<SendOutcome> outcomes = send(storescp, List.of(sample(UID.JPEG2000, 1000)));
      assertThat(outcomes.getFirst().stored()).isFalse();
      assertThat(outcomes.getFirst().text()).contains("transfer syntax");
    }
  }

  private static List<SendOutcome> send(Dcmtk.StoreScp storescp, List<Path> files) {
    try {
      return new SendFiles(storescp.remote(), "OURS", 1, ScuOptions.DEFAULT)
          .send(files, SendListener.NONE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Path sample(String transferSyntax, int pixelBytes) throws IOException {
    return SampleFile.write(folder, UID.CTImageStorage, transferSyntax, pixelBytes);
  }

  private static Path only(Path folder, String namePart) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().contains(namePart)).findFirst().orElseThrow();
    }
  }

  private static int port(StoringServer server) {
    return server.server().port();
  }
}
