package org.regionalpacs.test.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.regionalpacs.test.fastdfs.RawClient.Reply;

class FakeFastDfsTest extends OnAFakeCluster {
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
  void givenQuit_whenSent_thenTheConnectionEnds() throws IOException {
    try (RawClient client = RawClient.of(storage)) {
      client.send(Wire.QUIT, 0, NONE);
      assertThat(client.ended()).isTrue();
    }
  }
}
