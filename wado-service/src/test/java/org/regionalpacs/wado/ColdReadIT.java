package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;
import org.springframework.test.context.TestPropertySource;

/** What moves out of FastDFS, and from where an object is served. */
// Nothing was made ahead here: a frame index would be made of the header when the first frame is
// read.
@TestPropertySource(properties = "pacs.retrieve.frame-index-memory=0B")
class ColdReadIT extends ColdIT {
  private static final int FRAME = 512 * 512 * 2;
  private static final int FRAMES = 60;
  private static final int HEAD = 64 * 1024;

  /** The list of blocks, and what the read of it is rounded to. */
  private static final int MANIFEST = 8 * 1024;

  private static final String FRAME_TYPE =
      "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*";

  @BeforeEach
  void redisIsThere() {
    Awaitility.await().until(() -> meters.get("pacs.cache.up").gauge().value() == 1);
  }

  @AfterEach
  void redisGoesOn() throws Exception {
    redisAgain();
  }

  private static byte[] pixels(int length) {
    byte[] pixels = new byte[length];
    new Random(length).nextBytes(pixels);
    return pixels;
  }

  private static Attributes large(byte[] pixels) {
    return SampleObjects.newStudy()
        .image(1)
        .setInt(Tag.Rows, 512)
        .setInt(Tag.Columns, 512)
        .setString(Tag.NumberOfFrames, "" + pixels.length / FRAME)
        .setBytes(Tag.PixelData, VR.OW, pixels);
  }

  private byte[] frame(Attributes image, int number) {
    Answer answer = get(instancePath(image) + "/frames/" + number, "Accept", FRAME_TYPE);
    assertThat(answer.status()).isEqualTo(200);
    try {
      return answer.parts().getFirst().body();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] instance(Attributes image) {
    Answer answer = get(instancePath(image), "Accept", "application/dicom; transfer-syntax=*");
    assertThat(answer.status()).isEqualTo(200);
    return dataSet(answer.body());
  }

  @Test
  void givenALargeColdObject_whenOneFrameIsRead_thenOnlyThatFrameMoves() {
    byte[] pixels = pixels(FRAMES * FRAME);
    Attributes image = large(pixels);
    cold(image);
    byte[] last = Arrays.copyOfRange(pixels, (FRAMES - 1) * FRAME, FRAMES * FRAME);

    long first = moved(() -> assertThat(frame(image, FRAMES)).isEqualTo(last));
    awaitWritten();
    long again = moved(() -> assertThat(frame(image, FRAMES)).isEqualTo(last));
    long next = moved(() -> frame(image, 7));

    assertThat(first).isBetween((long) FRAME, (long) FRAME + HEAD + MANIFEST);
    assertThat(again).as("from Redis").isZero();
    assertThat(next).as("its place is known").isEqualTo(FRAME);
  }

  @Test
  void givenASmallColdObject_whenAFrameIsRead_thenItMovesOnceAsAWhole() {
    byte[] pixels = pixels(FRAME);
    Attributes image = large(pixels);
    StorageMessage message = cold(image);

    assertThat(moved(() -> assertThat(frame(image, 1)).isEqualTo(pixels)))
        .isEqualTo(message.fileSize());
    awaitWritten();
    assertThat(moved(() -> assertThat(instance(image)).isEqualTo(dataSet(part10(image))))).isZero();
  }

  @Test
  void givenALargeColdObject_whenARangeOfBulkDataIsRead_thenOnlyThatMoves() {
    byte[] pixels = pixels(FRAMES * FRAME);
    Attributes image = large(pixels);
    cold(image);
    Runnable range =
        () -> {
          Answer answer =
              get(instancePath(image) + "/bulkdata/7FE00010", "Range", "bytes=20000000-20099999");
          assertThat(answer.status()).isEqualTo(206);
          assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(pixels, 20_000_000, 20_100_000));
        };

    assertThat(moved(range)).isBetween(100_000L, 100_000L + HEAD + MANIFEST);
    awaitWritten();
    assertThat(moved(range)).isZero();
  }

  @Test
  void givenALargeColdObject_whenReadWhole_thenItMovesOnceAndPastTheCache() {
    Attributes image = large(pixels(20 * FRAME));
    StorageMessage message = cold(image);
    for (int i = 0; i < 2; i++) {
      long moved = moved(() -> assertThat(instance(image)).isEqualTo(dataSet(part10(image))));
      assertThat(moved).isBetween(message.fileSize(), message.fileSize() + MANIFEST);
    }
    assertThat(meters.get("pacs.cache.heap").gauge().value()).isZero();
  }

  @Test
  void givenASmallColdObject_whenReadAgain_thenItComesFromRedisAlsoWithoutTheArchive()
      throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    cold(image);
    long archive = served("WADO-RS instance", "archive");
    long cache = served("WADO-RS instance", "cache");
    assertThat(moved(() -> assertThat(instance(image)).isEqualTo(dataSet(part10(image)))))
        .isPositive();
    awaitWritten();
    await().until(() -> served("WADO-RS instance", "archive") == archive + 1);

    storage().faults().always(Wire.DOWNLOAD, new Fault.Answer(5));
    storage().faults().always(Wire.INFO, new Fault.Answer(5));
    try {
      assertThat(instance(image)).isEqualTo(dataSet(part10(image)));
      await().until(() -> served("WADO-RS instance", "cache") == cache + 1);
      assertThat(get(instancePath(image) + "/bulkdata/7FE00010").body())
          .isEqualTo(image.getBytes(Tag.PixelData).orElseThrow());
    } finally {
      storage().faults().heal();
    }
  }

  @Test
  void givenAStudyIsDownloaded_thenItDoesNotFillTheCache() throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    cold(image);
    String study = "/studies/" + image.getString(Tag.StudyInstanceUID, "");
    for (int i = 0; i < 2; i++) {
      assertThat(moved(() -> assertThat(get(study).status()).isEqualTo(200))).isPositive();
      awaitWritten();
    }
  }

  @Test
  void givenAnOnlineFile_whenRead_thenNeitherRedisNorFastDfsIsAsked() {
    Attributes image = SampleObjects.newStudy().image(1);
    archived(part10(image));
    double before = reads();

    long moved =
        moved(() -> {
          assertThat(instance(image)).isEqualTo(dataSet(part10(image)));
          frame(image, 1);
          get(instancePath(image) + "/bulkdata/7FE00010");
        });

    assertThat(moved).isZero();
    assertThat(reads()).isEqualTo(before);
  }

  private double reads() {
    return meters.find("pacs.cache.reads").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void givenAFileOnAnotherNode_whenItIsArchived_thenItIsServedElseItIsUnavailable() {
    Attributes image = SampleObjects.newStudy().image(1);
    StorageMessage message = cold(image);
    ObjectLocation elsewhere =
        new ObjectLocation(
            ObjectLocation.ONLINE,
            UUID.randomUUID().toString(),
            message.filePath(),
            0,
            message.fileSize());
    place(key(message), elsewhere);
    assertThat(instance(image)).isEqualTo(dataSet(part10(image)));

    Attributes lonely = SampleObjects.newStudy().image(1);
    store("/dicom-web/studies", part10(lonely));
    StorageMessage its = indexer.index(1).getFirst();
    place(
        key(its),
        new ObjectLocation(
            ObjectLocation.ONLINE, elsewhere.node(), its.filePath(), 0, its.fileSize()));
    for (String what : new String[] {"", "/frames/1", "/bulkdata/7FE00010"}) {
      Answer answer = get(instancePath(lonely) + what);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("30");
    }
  }

  private static ReceptionKey key(StorageMessage message) {
    return new ReceptionKey(
        message.tenant(),
        message.study(),
        message.series(),
        message.sopInstance(),
        message.receptionId());
  }

  @Test
  void givenFastDfsFails_whenAColdObjectIsRead_thenItIsUnavailableUntilItIsBack()
      throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    cold(image);
    storage().kill();
    try {
      for (String what : new String[] {"", "/frames/1", "/bulkdata/7FE00010"}) {
        Answer answer = get(instancePath(image) + what);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("30");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      }
      assertThat(head(image).status()).isEqualTo(503);
    } finally {
      storage().restart();
    }
    assertThat(instance(image)).isEqualTo(dataSet(part10(image)));
  }

  @Test
  void givenFastDfsHangs_whenAColdObjectIsRead_thenItIsUnavailableAfterTheReadDeadline()
      throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    cold(image);
    FASTDFS.tracker(0).faults().always(Wire.FETCH_ALL, new Fault.Hang());
    try {
      Instant begin = Instant.now();
      Answer answer = get(instancePath(image));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("30");
      // pacs.fastdfs.deadline is two minutes.
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(50));
    } finally {
      FASTDFS.heal();
    }
    assertThat(instance(image)).isEqualTo(dataSet(part10(image)));
  }

  private Answer head(Attributes image) {
    return send(
        "HEAD",
        "/dicom-web" + instancePath(image),
        BodyPublishers.noBody(),
        "Accept",
        "application/dicom; transfer-syntax=*");
  }

  @Test
  void givenAColdObject_whenItsHeadIsAsked_thenNoBytesMove() {
    Attributes image = SampleObjects.newStudy().image(1);
    StorageMessage message = cold(image);

    long moved =
        moved(() ->
            assertThat(head(image).header("Content-Length")).isEqualTo("" + message.fileSize()));

    assertThat(moved).isZero();
  }

  @Test
  void givenMetadataThatWasRead_whenTheDerivedStoreLostIt_thenRedisHasIt() throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    cold(image);
    String path =
        "/studies/"
            + image.getString(Tag.StudyInstanceUID, "")
            + "/series/"
            + image.getString(Tag.SeriesInstanceUID, "")
            + "/metadata";
    byte[] first = get(path).body();
    awaitWritten();
    for (Path document : documents(image)) {
      Files.delete(document);
    }

    assertThat(moved(() -> assertThat(get(path).body()).isEqualTo(first))).isZero();
    assertThat(documents(image)).as("none was made again").isEmpty();
  }

  private static List<Path> documents(Attributes image) throws IOException {
    Path folder =
        derived().resolve("metadata/default").resolve(image.getString(Tag.StudyInstanceUID, ""));
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void givenRedisIsKilledOrHangs_whenAFrameIsRead_thenItComesFromFastDfs() throws Exception {
    Attributes image = SampleObjects.newStudy().image(1);
    cold(image);
    byte[] pixels = image.getBytes(Tag.PixelData).orElseThrow();
    frame(image, 1);
    awaitWritten();

    signalRedis("STOP");
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(frame(image, 1)).isEqualTo(pixels);
    }
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(90_000);
    signalRedis("CONT");
    redisIsThere();
    signalRedis("KILL");
    REDIS.exited().join();
    for (int i = 0; i < 20; i++) {
      assertThat(frame(image, 1)).isEqualTo(pixels);
    }
    REDIS.restart();
    redisIsBack(image);
    assertThat(moved(() -> assertThat(frame(image, 1)).isEqualTo(pixels))).isZero();
  }

  private void redisIsBack(Attributes image) {
    Awaitility.await()
        .until(() -> {
          frame(image, 1);
          return meters.get("pacs.cache.up").gauge().value() == 1;
        });
    frame(image, 1);
    awaitWritten();
  }
}
