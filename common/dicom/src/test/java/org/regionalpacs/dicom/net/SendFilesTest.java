package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;

class SendFilesTest {
  @TempDir Path folder;

  @Test
  void givenManyFiles_whenSentOverFourAssociations_thenAllArriveAndProgressIsToldOfEach()
      throws Exception {
    List<Path> files = samples(30);
    List<Integer> progress = new ArrayList<>();
    try (StoringServer server = StoringServer.start()) {
      List<SendOutcome> outcomes =
          sender(server, 4).send(files, (_, done, total) -> progress.add(total * 1000 + done));
      assertThat(outcomes).hasSize(30).allMatch(SendOutcome::stored);
      assertThat(server.stored.stream().map(s -> s.request().association().id()).distinct())
          .hasSizeBetween(2, 4);
    }
    assertThat(progress).hasSize(30).isSorted().endsWith(30_030);
  }

  @Test
  void givenMoreKindsThanOneAssociationHasContexts_whenSent_thenAllArrive() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      files.add(SampleFile.write(folder, "1.2.840.999." + i, UID.ImplicitVRLittleEndian, 10));
    }
    try (StoringServer server = StoringServer.start()) {
      assertThat(sender(server, 2).send(files, SendListener.NONE))
          .hasSize(150)
          .allMatch(SendOutcome::stored);
      assertThat(server.stored).hasSize(150);
    }
  }

  @Test
  void givenADeflatedFile_whenSent_thenItGoesAsItIs() throws Exception {
    Path file =
        SampleFile.write(folder, UID.CTImageStorage, UID.DeflatedExplicitVRLittleEndian, 5001);
    try (StoringServer server = StoringServer.start()) {
      assertThat(sender(server, 1).send(List.of(file), SendListener.NONE))
          .allMatch(SendOutcome::stored);
      byte[] dataSet = SampleFile.dataSet(file);
      assertThat(server.stored.getFirst().dataSet()).startsWith(dataSet);
      assertThat(server.stored.getFirst().request().transferSyntax())
          .isEqualTo(UID.DeflatedExplicitVRLittleEndian);
    }
  }

  @Test
  void givenAFileThatIsNoDicom_whenSent_thenItIsReportedAndTheOthersArrive() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no image at all");
    Path empty = Files.createFile(folder.resolve("empty"));
    List<Path> files = new ArrayList<>(samples(2));
    files.add(0, text);
    files.add(empty);
    try (StoringServer server = StoringServer.start()) {
      List<SendOutcome> outcomes = sender(server, 2).send(files, SendListener.NONE);
      assertThat(outcomes).hasSize(4);
      assertThat(outcomes.stream().filter(SendOutcome::stored)).hasSize(2);
      assertThat(outcomes.stream().filter(o -> !o.stored()).map(SendOutcome::file))
          .containsExactlyInAnyOrder(text, empty);
    }
  }

  @Test
  void givenAnAssociationThatBreaksOnce_whenSent_thenTheFileIsTriedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    StoreHandler flaky =
        (_, _) -> {
          if (calls.incrementAndGet() == 2) {
            throw new ProtocolViolationException(AbortReason.NOT_SPECIFIED, "for the test");
          }
          return StoreResult.success();
        };
    List<Path> files = samples(5);
    try (StoringServer server = StoringServer.start(ServerOptions.onLoopback(), flaky)) {
      assertThat(sender(server, 1).send(files, SendListener.NONE))
          .hasSize(5)
          .allMatch(SendOutcome::stored);
    }
    assertThat(calls).hasValue(6);
  }

  @Test
  void givenAFullServer_whenSent_thenItIsAskedAgain() throws Exception {
    List<Path> files = samples(3);
    try (StoringServer server =
        StoringServer.start(ServerOptions.onLoopback().withMaxAssociations(1))) {
      assertThat(sender(server, 3).send(files, SendListener.NONE))
          .hasSize(3)
          .allMatch(SendOutcome::stored);
    }
  }

  @Test
  void givenNobodyListens_whenSent_thenEveryFileSaysSo() throws Exception {
    SendFiles sender =
        new SendFiles(new RemoteAe("NOBODY", "127.0.0.1", 1), "ME", 2, ScuOptions.DEFAULT);
    assertThat(sender.send(samples(3), SendListener.NONE))
        .hasSize(3)
        .allSatisfy(o -> assertThat(o.text()).contains("can't connect to NOBODY@127.0.0.1:1"));
  }

  @Test
  void givenSendingUnderWay_whenCancelled_thenItEndsAndTheRestIsReported() throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    StoreHandler slow =
        (_, _) -> {
          inHandler.countDown();
          await(leave);
          return StoreResult.success();
        };
    List<Path> files = samples(10);
    try (StoringServer server = StoringServer.start(ServerOptions.onLoopback(), slow)) {
      SendFiles sender = sender(server, 2);
      CompletableFuture<List<SendOutcome>> sending =
          CompletableFuture.supplyAsync(() -> send(sender, files));
      await(inHandler);
      sender.cancel();
      assertThat(sending.get()).hasSize(10).noneMatch(SendOutcome::stored);
      leave.countDown();
    }
  }

  @Test
  void givenABigFile_whenSent_thenProgressIsToldWhileItIsUnderWay() throws Exception {
    Path file = SampleFile.write(folder, UID.CTImageStorage, UID.ExplicitVRLittleEndian, 1_000_000);
    List<Long> progress = new ArrayList<>();
    SendListener listener =
        new SendListener() {
          @Override
          public void done(SendOutcome outcome, int done, int total) {
            progress.add(-1L);
          }

          @Override
          public void sending(Path path, long sent, long length) {
            assertThat(path).isEqualTo(file);
            assertThat(sent).isLessThanOrEqualTo(length);
            progress.add(sent);
          }
        };
    try (StoringServer server = StoringServer.start()) {
      sender(server, 1).send(List.of(file), listener);
    }
    assertThat(progress).hasSizeGreaterThan(5).endsWith(-1L);
    assertThat(progress.get(progress.size() - 2)).isEqualTo(SampleFile.dataSet(file).length);
    assertThat(progress.subList(0, progress.size() - 1)).isSorted();
  }

  @Test
  void givenAPool_whenSentTwice_thenTheAssociationIsUsedAgain() throws Exception {
    try (StoringServer server = StoringServer.start();
        StoreScuPool pool = new StoreScuPool(4, Duration.ofMinutes(1))) {
      for (int i = 0; i < 2; i++) {
        assertThat(
                new SendFiles(server.remote(), "SENDER", 1, ScuOptions.DEFAULT, pool)
                    .send(samples(3), SendListener.NONE))
            .allMatch(SendOutcome::stored);
      }
      assertThat(server.opened).hasSize(1);
      assertThat(server.stored).hasSize(6);
    }
  }

  @Test
  void givenAWindow_whenAnAssociationBreaks_thenEveryFileUnderWayIsTriedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    StoreHandler flaky =
        (_, _) -> {
          if (calls.incrementAndGet() == 3) {
            throw new ProtocolViolationException(AbortReason.NOT_SPECIFIED, "for the test");
          }
          return StoreResult.success();
        };
    ServerOptions options = ServerOptions.onLoopback().withMaxOperations(4);
    try (StoringServer server = StoringServer.start(options, flaky)) {
      ScuOptions client = ScuOptions.DEFAULT.withMaxOperations(4);
      assertThat(
              new SendFiles(server.remote(), "SENDER", 1, client)
                  .send(samples(10), SendListener.NONE))
          .hasSize(10)
          .allMatch(SendOutcome::stored);
    }
  }

  @Test
  void givenFoldersAndFiles_whenLookedFor_thenAllButHiddenOnesAreFound() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    Path one = Files.createFile(inner.resolve("1"));
    Path two = Files.createFile(folder.resolve("2"));
    Files.createFile(folder.resolve(".hidden"));
    assertThat(SendFiles.find(List.of(folder))).containsExactly(two, one);
    assertThat(SendFiles.find(List.of(one))).containsExactly(one);
    assertThatThrownBy(() -> SendFiles.find(List.of(folder.resolve("absent"))))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<SendOutcome> send(SendFiles sender, List<Path> files) {
    try {
      return sender.send(files, SendListener.NONE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> samples(int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(SampleFile.write(folder, UID.CTImageStorage, UID.ExplicitVRLittleEndian, 50_000));
    }
    return files;
  }

  private static SendFiles sender(StoringServer server, int parallel) {
    return new SendFiles(
        server.remote(),
        "SENDER",
        parallel,
        ScuOptions.DEFAULT.withTimeouts(Timeouts.of(Duration.ofSeconds(10))));
  }
}
