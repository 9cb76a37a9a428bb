package org.regionalpacs.test.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.fastdfs.RawClient.Reply;

class FakeFastDfsTest {
  private static final byte[] NONE = {};

  @TempDir Path folder;
  private FakeFastDfs cluster;
  private FakeStorage storage;
  private FakeTracker tracker;

  @BeforeEach
  void start() throws IOException {
    cluster = FakeFastDfs.start(folder, 1, 2, 1);
    storage = cluster.storage(0);
    tracker = cluster.tracker(0);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Reply ask(FakeStorage storage, int command, byte[] body) throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      return client.ask(command, body);
    }
  }

  private Reply ask(int command, byte[] body) throws IOException {
    try (RawClient client = RawClient.of(tracker)) {
      return client.ask(command, body);
    }
  }

  private String upload(byte[] content) throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      Reply reply = client.upload(content, "dcm");
      assertThat(reply.status()).isZero();
      return reply.text(0, 16) + "/" + reply.text(16, reply.body().length - 16);
    }
  }

  private static Reply download(FakeStorage from, String id, long offset, long length)
      throws IOException {
    try (RawClient client = RawClient.of(from)) {
      return client.download(id, offset, length);
    }
  }

  @Test
  void givenAnUpload_whenItsIdIsDecoded_thenItHoldsAddressTimeSizeAndCrc() throws IOException {
    byte[] content = bytes(1234);
    String id = upload(content);
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteBuffer fields = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id.substring(17, 44)));

    assertThat(id).matches("group1/M00/../../[A-Za-z0-9_-]{27}\\d{3}\\.dcm");
    assertThat(Arrays.copyOf(fields.array(), 4)).isEqualTo(storage.address().getAddress());
    assertThat((long) fields.getInt(4))
        .isBetween(System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000);
    assertThat(fields.getInt(12)).isEqualTo(1234);
    assertThat(fields.getLong(8)).isNegative();
    assertThat(fields.getInt(16)).isEqualTo((int) crc.getValue());
  }

  @Test
  void givenAFile_whenDownloaded_thenRangesAreClippedAndBeyondTheEndIsRefused() throws IOException {
    byte[] content = bytes(1000);
    String id = upload(content);

    assertThat(download(storage, id, 0, 0).body()).isEqualTo(content);
    assertThat(download(storage, id, 10, 5).body()).isEqualTo(Arrays.copyOfRange(content, 10, 15));
    assertThat(download(storage, id, 990, 100).body()).hasSize(10);
    assertThat(download(storage, id, 1000, 0).status()).isEqualTo(22);
  }

  @Test
  void givenAnEmptyFile_whenUploaded_thenItIsThereButCannotBeDownloaded() throws IOException {
    String id = upload(NONE);

    assertThat(ask(storage, Wire.INFO, RawClient.file(id)).status()).isZero();
    assertThat(download(storage, id, 0, 0).status()).isEqualTo(22);
  }

  @Test
  void givenTheSameContentTwice_whenUploaded_thenThereAreTwoFiles() throws IOException {
    assertThat(upload(bytes(9))).isNotEqualTo(upload(bytes(9)));
    assertThat(storage.files()).hasSize(2);
  }

  @Test
  void givenAFile_whenItsInfoIsAsked_thenSizeTimeAndSignedCrcCome() throws IOException {
    String id = upload(bytes(77));
    ByteBuffer info = ByteBuffer.wrap(ask(storage, Wire.INFO, RawClient.file(id)).body());
    ByteBuffer fields = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id.substring(17, 44)));

    assertThat(info.capacity()).isEqualTo(40);
    assertThat(info.getLong()).isEqualTo(77);
    assertThat(info.getLong()).isEqualTo(fields.getInt(4));
    assertThat(info.getLong()).isEqualTo(fields.getInt(16));
    assertThat(Wire.text(info.array(), 24, 16)).isEqualTo("127.0.0.10");
  }

  @Test
  void givenAFile_whenDeleted_thenItIsGoneEverywhereAndAgainAnswers2() throws IOException {
    String id = upload(bytes(9));
    try (RawClient client = RawClient.of(storage)) {
      assertThat(client.ask(Wire.DELETE, RawClient.file(id)).status()).isZero();
      assertThat(client.ask(Wire.DELETE, RawClient.file(id)).status()).isEqualTo(2);
      // Status 2 keeps the connection, 22 ends it.
      assertThat(client.ask(99, NONE).status()).isEqualTo(22);
      assertThat(client.ended()).isTrue();
    }
    assertThat(cluster.storage(1).files()).isEmpty();
  }

  @Test
  void givenTheTracker_whenAsked_thenItNamesStoragesOfTheGroup() throws IOException {
    String id = upload(bytes(9));
    Reply store = ask(Wire.STORE_IN_GROUP, Wire.fixed("group2", 16));
    Reply all = ask(Wire.FETCH_ALL, RawClient.file(id));
    Reply update = ask(Wire.UPDATE, RawClient.file(id));

    assertThat(ask(Wire.STORE, NONE).body()).hasSize(40);
    assertThat(store.body()).hasSize(40);
    assertThat(store.text(16, 15)).isEqualTo("127.0.0.12");
    assertThat(all.body()).hasSize(39 + 15);
    assertThat(all.text(16, 15)).isEqualTo("127.0.0.10");
    assertThat(ByteBuffer.wrap(all.body()).getLong(31)).isEqualTo(storage.port());
    assertThat(all.text(39, 15)).isEqualTo("127.0.0.11");
    assertThat(update.text(16, 15)).isEqualTo("127.0.0.10");
    assertThat(ask(Wire.FETCH_ONE, RawClient.file(id)).body()).hasSize(39);
  }

  @Test
  void givenNonsense_whenTheTrackerIsAsked_thenItRefusesAndKeepsTheConnection() throws IOException {
    try (RawClient client = RawClient.of(tracker)) {
      assertThat(client.ask(Wire.FETCH_ONE, RawClient.file("group1/short")).status()).isEqualTo(22);
      assertThat(client.ask(Wire.STORE_IN_GROUP, Wire.fixed("nowhere", 16)).status()).isEqualTo(2);
      assertThat(client.ask(77, NONE).status()).isEqualTo(22);
      assertThat(client.ask(Wire.ACTIVE_TEST, NONE).status()).isZero();
    }
  }

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
  void givenFullStorages_whenUploaded_then28Comes() throws IOException {
    storage.full(true);
    try (RawClient client = RawClient.of(storage)) {
      assertThat(client.upload(bytes(9), "dcm").status()).isEqualTo(28);
      assertThat(client.ended()).isTrue();
    }
    cluster.storages().forEach(one -> one.full(true));
    assertThat(ask(Wire.STORE, NONE).status()).isEqualTo(28);
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
    assertThat(storage.files()).hasSize(2);
    storage.faults().next(Wire.UPLOAD, new Fault.HangUpload(3));
    try (RawClient client = impatient()) {
      assertThatThrownBy(() -> client.upload(bytes(5), "dcm"))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(storage.files()).hasSize(2);
  }

  private RawClient impatient() throws IOException {
    return new RawClient(storage.address().getHostAddress(), storage.port(), 200);
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

  @Test
  void givenQuit_whenSent_thenTheConnectionEnds() throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      client.send(Wire.QUIT, 0, NONE);
      assertThat(client.ended()).isTrue();
    }
  }
}
