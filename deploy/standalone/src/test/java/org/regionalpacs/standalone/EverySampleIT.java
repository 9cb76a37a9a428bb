package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.SendFiles;
import org.regionalpacs.dicom.net.SendOutcome;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/**
 * Every sample file goes in by C-STORE and comes back by WADO-RS with the very bytes that were on
 * the wire. Files that share a SOP Instance UID are sent one round after the other, so that each is
 * the current version once.
 */
class EverySampleIT {
  private static final Duration INDEXED = Duration.ofMinutes(5);

  @TempDir Path dir;
  private RunningProduct product;

  /** Objects that were sent in an earlier round: sending them again changes nothing. */
  private final Set<String> sentBefore = new HashSet<>();

  @BeforeEach
  void up() throws Exception {
    Testdata.folder();
    product = SharedProduct.get();
  }

  /** An AE title and its tenant, in which nobody else stores anything. */
  private record Archive(String title, DicomWeb web) {}

  @Test
  void givenOurScuSendsEverySample_whenReadBack_thenEveryByteIsTheSame() throws Exception {
    Archive archive = new Archive("SAMPLES1", product.dicomWebOf("samples1"));
    int stored = 0;
    for (List<SampleFile> round : rounds()) {
      Map<Path, SampleFile> byPath = new HashMap<>();
      round.forEach(file -> byPath.put(file.path(), file));
      for (SendOutcome outcome : send(archive, byPath.keySet())) {
        SampleFile file = byPath.get(outcome.file());
        if (outcome.stored() && isNew(file, file.wireDigest())) {
          assertComesBack(archive, file, file.wireDigest());
          stored++;
        } else if (!outcome.stored()) {
          assertRefusedForAReason(file, outcome);
        }
      }
    }
    assertThat(stored).isGreaterThan(410);
  }

  private boolean isNew(SampleFile file, String digest) {
    return sentBefore.add(file.sopInstance() + digest);
  }

  private List<SendOutcome> send(Archive archive, Iterable<Path> files)
      throws InterruptedException {
    List<Path> list = new ArrayList<>();
    files.forEach(list::add);
    return new SendFiles(
            new RemoteAe(archive.title(), "127.0.0.1", product.dicomPort()),
            "SAMPLES",
            4,
            ScuOptions.DEFAULT)
        .send(list, (outcome, done, total) -> {});
  }

  /** Only what doesn't say which object of which study it is may stay outside, and attacks. */
  private static void assertRefusedForAReason(SampleFile file, SendOutcome outcome) {
    String what = file.path() + ": " + outcome.text();
    assertThat(file.hasIdentity() && file.hasUsableUids()).as(what).isFalse();
    if (outcome instanceof SendOutcome.Answered answered) {
      int missing = file.damaged() ? 0xC000 : 0xA900;
      assertThat(answered.response().status())
          .as(what)
          .isEqualTo(file.hasIdentity() ? 0x0117 : missing);
      assertThat(answered.response().errorComment()).as(what).isNotBlank();
    }
  }

  private static void assertComesBack(Archive archive, SampleFile file, String digest) {
    await()
        .atMost(INDEXED)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          Optional<byte[]> object =
              archive
                  .web()
                  .object(file.study(), file.series(), file.sopInstance(), file.transferSyntax());
          assertThat(object).as(file.path() + " is found").isPresent();
          assertThat(SampleFile.digest(ByteSource.of(object.get())))
              .as(file.path() + " comes back as it was sent")
              .isEqualTo(digest);
        });
  }

  @Test
  void givenDcmtkSendsWhatItCan_whenReadBack_thenItIsWhatStorescpSawOnTheWire() throws Exception {
    ExternalTool dcmsend = ExternalTool.named("dcmsend").within(Duration.ofMinutes(10));
    ExternalTool.named("storescp");
    Archive archive = new Archive("SAMPLES2", product.dicomWebOf("samples2"));
    int compared = 0;
    for (List<SampleFile> round : rounds()) {
      Path wire = Files.createTempDirectory(dir, "wire");
      List<SampleFile> seen = seenByStorescp(dcmsend, round, wire);
      send(dcmsend, archive.title(), product.dicomPort(), round);
      for (SampleFile file : seen) {
        if (file.hasIdentity() && file.hasUsableUids() && isNew(file, file.digest())) {
          assertComesBack(archive, file, file.digest());
          compared++;
        }
      }
    }
    // dcmsend leaves out what it has no context for, and makes twins the same on the wire.
    assertThat(compared).isGreaterThan(290);
  }

  /** Not by taking the port, which would be in the way of who is to have it. */
  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  /** What the same files look like on the wire: storescp +B writes what it receives bit by bit. */
  private List<SampleFile> seenByStorescp(ExternalTool dcmsend, List<SampleFile> round, Path wire)
      throws Exception {
    int port = PacsProcess.anyFreePort();
    Process storescp =
        new ProcessBuilder(
                "storescp",
                "-aet",
                "WIRE",
                "+B",
                "+xa",
                "-od",
                wire.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await().atMost(INDEXED).until(() -> listens(port));
      send(dcmsend, "WIRE", port, round);
    } finally {
      storescp.destroy();
      storescp.waitFor();
    }
    List<SampleFile> files = new ArrayList<>();
    try (Stream<Path> written = Files.list(wire)) {
      for (Path file : written.toList()) {
        files.add(SampleFile.read(file));
      }
    }
    return files;
  }

  private static void send(ExternalTool dcmsend, String title, int port, List<SampleFile> files) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "-aec",
                title,
                "--decompress-never",
                "--no-halt",
                "--no-illegal-proposal",
                "127.0.0.1",
                port));
    files.forEach(file -> arguments.add(file.path()));
    dcmsend.run(arguments.toArray());
  }

  /** The files, those of one SOP Instance UID in different rounds. */
  private static List<List<SampleFile>> rounds() throws IOException {
    Map<String, Integer> twins = new HashMap<>();
    Map<Integer, List<SampleFile>> rounds = new LinkedHashMap<>();
    try (Stream<Path> walk = Files.walk(Testdata.folder())) {
      for (Path path :
          walk.filter(Files::isRegularFile)
              .filter(each -> !each.toString().matches(".*\\.(tsv|md|raw)|.*SHA256SUMS"))
              .sorted()
              .toList()) {
        try {
          SampleFile file = SampleFile.read(path);
          int round = twins.merge(file.sopInstance(), 1, Integer::sum);
          rounds.computeIfAbsent(round, _ -> new ArrayList<>()).add(file);
        } catch (IOException e) {
          // Not readable at all: no sender would send it.
        }
      }
    }
    return List.copyOf(rounds.values());
  }
}
