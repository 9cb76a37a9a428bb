package org.regionalpacs.test.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FakeFastDfsFaultsTest extends OnAFakeCluster {
  @Test
  void givenNoActiveStorage_whenTheTrackerIsAsked_thenItAnswers2ForFilesThatExist()
      throws IOException {
    String id = upload(bytes(9));
    storage.kill();
    cluster.storage(1).kill();
    assertThat(ask(Wire.FETCH_ALL, RawClient.file(id)).status()).isEqualTo(2);

    storage.restart();
    assertThat(ask(Wire.FETCH_ALL, RawClient.file(id)).body()).hasSize(39);
    assertThat(download(storage, id, 0, 0).body()).hasSize(9);
  }

  @Test
  void givenReplicationIsPaused_whenTheReplicaIsAsked_thenItAnswers2UntilResumed()
      throws IOException {
    cluster.pauseReplication("group1");
    String id = upload(bytes(9));
    FakeStorage replica = cluster.storage(1);
    assertThat(download(replica, id, 0, 0).status()).isEqualTo(2);

    cluster.resumeReplication("group1");
    assertThat(download(replica, id, 0, 0).body()).hasSize(9);
  }

  @Test
  void givenAKillBeforeReplication_whenRestarted_thenTheRecordOfItIsLost() throws IOException {
    cluster.pauseReplication("group1");
    String id = upload(bytes(9));
    storage.restart();
    cluster.resumeReplication("group1");

    assertThat(download(cluster.storage(1), id, 0, 0).status()).isEqualTo(2);
    assertThat(download(storage, id, 0, 0).body()).hasSize(9);
  }

  @Test
  void givenAKillDuringAnUpload_whenRestarted_thenAPartialFileIsLeft() throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      client.send(Wire.UPLOAD, 15 + 1000, RawClient.uploadBody(bytes(900), "dcm"));
      // The size in the body doesn't fit: nothing is begun.
      assertThat(client.reply().status()).isEqualTo(22);
    }
    try (RawClient client = RawClient.of(storage)) {
      byte[] body = RawClient.uploadBody(bytes(1000), "dcm");
      client.send(Wire.UPLOAD, body.length, Arrays.copyOf(body, 500));
      Awaitility.await().until(() -> storage.partials() == 1);
      storage.kill();
      assertThat(client.ended()).isTrue();
    }
    storage.restart();
    assertThat(storage.files()).isEmpty();
    assertThat(storage.partials()).isEqualTo(1);
  }

  @Test
  void givenAnUploadThatIsCutByItsSender_whenDone_thenNothingIsLeft() throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      byte[] body = RawClient.uploadBody(bytes(1000), "dcm");
      client.send(Wire.UPLOAD, body.length, Arrays.copyOf(body, 500));
      Awaitility.await().until(() -> storage.partials() == 1);
    }
    Awaitility.await().until(() -> storage.partials() == 0);
    assertThat(storage.files()).isEmpty();
  }

  @Test
  void givenALostResponse_whenUploaded_thenTheFileStays() throws IOException {
    storage.faults().next(Wire.UPLOAD, new Fault.LoseResponse());
    assertThatThrownBy(() -> upload(bytes(9))).isInstanceOf(EOFException.class);
    assertThat(storage.files()).hasSize(1);
  }

  @Test
  void givenADroppedUpload_whenUploaded_thenNothingStays() throws IOException {
    storage.faults().next(Wire.UPLOAD, new Fault.DropUpload(500));
    assertThatThrownBy(() -> upload(bytes(1000))).isInstanceOf(IOException.class);
    Awaitility.await().until(() -> storage.partials() == 0);
    assertThat(storage.files()).isEmpty();
    assertThat(upload(bytes(1000))).isNotEmpty();
  }

  @Test
  void givenHangs_whenWaitedFor_thenNothingComesUntilHealed() throws IOException {
    String id = upload(bytes(1000));
    List<Fault> hangs = List.of(new Fault.Hang(), new Fault.HangDownload(500));
    for (Fault hang : hangs) {
      storage.faults().next(Wire.DOWNLOAD, hang);
      try (RawClient client = impatient()) {
        assertThatThrownBy(() -> client.download(id, 0, 0))
            .isInstanceOf(SocketTimeoutException.class);
        storage.faults().heal();
        assertThat(client.ended()).isTrue();
      }
    }
    storage.faults().next(Wire.UPLOAD, new Fault.WithholdResponse());
    try (RawClient client = impatient()) {
      assertThatThrownBy(() -> client.upload(bytes(5), "dcm"))
          .isInstanceOf(SocketTimeoutException.class);
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> storage.files().size() == 2);
    storage.faults().next(Wire.UPLOAD, new Fault.HangUpload(3));
    try (RawClient client = impatient()) {
      assertThatThrownBy(() -> client.upload(bytes(5), "dcm"))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(storage.files()).hasSize(2);
  }

  @Test
  void givenFaultsOfDownloads_whenDownloaded_thenTheyHappenOnce() throws IOException {
    byte[] content = bytes(1000);
    String id = upload(content);
    storage.faults().next(Wire.DOWNLOAD, new Fault.TruncateDownload(400));
    try (RawClient client = RawClient.of(storage)) {
      assertThat(client.download(id, 0, 0).body()).isEqualTo(Arrays.copyOf(content, 400));
    }
    storage.faults().next(Wire.DOWNLOAD, new Fault.ShortenDownload(7));
    assertThat(download(storage, id, 0, 0).body()).isEqualTo(Arrays.copyOf(content, 7));
    storage.faults().next(Wire.DOWNLOAD, new Fault.CorruptDownload());
    assertThat(download(storage, id, 0, 0).body()).hasSize(1000).isNotEqualTo(content);
    storage.faults().next(Wire.DOWNLOAD, new Fault.Answer(5));
    assertThat(download(storage, id, 0, 0).status()).isEqualTo(5);

    assertThat(download(storage, id, 0, 0).body()).isEqualTo(content);
  }

  @Test
  void givenASplitHeader_whenRead_thenOneReadDoesNotGetIt() throws IOException {
    storage.faults().always(Wire.ACTIVE_TEST, new Fault.SplitHeader());
    try (RawClient client = RawClient.of(storage)) {
      client.send(Wire.ACTIVE_TEST, 0, NONE);
      assertThat(client.readOnce(new byte[10])).isLessThan(10);
    }
    assertThat(ask(storage, Wire.ACTIVE_TEST, NONE).status()).isZero();
  }

  @Test
  void givenAWrongId_whenUploaded_thenItIsNotThatOfTheFile() throws IOException {
    storage.faults().next(Wire.UPLOAD, new Fault.WrongId());
    String id = upload(bytes(9));

    assertThat(storage.files()).hasSize(1).doesNotContain(id);
    assertThat(storage.file(storage.files().getFirst())).hasBinaryContent(bytes(9));
  }

  @Test
  void givenARestartOfTheTracker_whenAsked_thenItAnswersOnTheSamePort() throws IOException {
    tracker.kill();
    assertThatThrownBy(() -> ask(Wire.STORE, NONE)).isInstanceOf(IOException.class);
    tracker.restart();
    assertThat(ask(Wire.STORE, NONE).status()).isZero();
  }

  private RawClient impatient() throws IOException {
    return new RawClient(storage.address().getHostAddress(), storage.port(), 1000);
  }
}
