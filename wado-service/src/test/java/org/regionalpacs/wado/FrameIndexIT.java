package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;
import org.regionalpacs.wado.retrieve.FrameIndexes;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Frames are served by the index of their series, which never tells of what was. */
@TestPropertySource(properties = "pacs.delete.enabled=true")
class FrameIndexIT extends WadoIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String[] OHIF = {
    "Accept", "multipart/related; type=application/octet-stream; transfer-syntax=*"
  };

  @Autowired MeterRegistry meters;
  @Autowired FrameIndexes indexes;
  @Autowired Renditions renditions;
  @Autowired BlobStore archive;
  @Autowired JdbcClient jdbc;

  private SampleObjects study;

  @BeforeEach
  void newStudy() {
    study = SampleObjects.newStudy();
  }

  private StorageMessage put(Attributes object) {
    return put("", part10(object));
  }

  private StorageMessage put(String tenant, byte[] file) {
    assertThat(store(tenant + "/dicom-web/studies", file).status()).isEqualTo(200);
    return indexer.index(1).getFirst();
  }

  private double byIndex() {
    return meters.get("pacs.retrieve.frame.requests").tag("by", "index").counter().count();
  }

  /** The answer that the index gives, once it is loaded. */
  private Answer indexed(String path) {
    List<Answer> last = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(() -> {
          double before = byIndex();
          last.add(get(path, OHIF));
          return byIndex() > before;
        });
    return last.getLast();
  }

  private byte[] frame(Answer answer) throws IOException {
    assertThat(answer.status()).isEqualTo(200);
    return answer.parts().getFirst().body();
  }

  private static byte[] pixels(int value) {
    byte[] pixels = new byte[2 * SampleObjects.SIZE * SampleObjects.SIZE];
    Arrays.fill(pixels, (byte) value);
    return pixels;
  }

  private Attributes image(int value) {
    return study.image(1).setBytes(Tag.PixelData, VR.OW, pixels(value));
  }

  @Test
  void givenMultiframeAndEncapsulatedSamples_thenEveryFrameComesByTheIndexAsItLies()
      throws IOException {
    int compared = 0;
    for (String name :
        List.of(
            "pydicom-data/data/emri_small.dcm",
            "pydicom-data/data/emri_small_jpeg_2k_lossless.dcm",
            "pydicom-data/data/emri_small_RLE.dcm",
            "pydicom-data/data/emri_small_jpeg_ls_lossless.dcm",
            "pydicom/test_files/CT_small.dcm")) {
      Path file = Testdata.folder().resolve(name);
      StorageMessage stored = put("", Files.readAllBytes(file));
      ByteSource source = ByteSource.of(online.resolve(stored.filePath()));
      PixelFrames frames = PixelFrames.of(source);
      for (int number = 1; number <= Math.min(frames.count(), 12); number++) {
        Answer answer = indexed(path(stored) + "/frames/" + number);
        assertThat(frame(answer)).as(name + " " + number).isEqualTo(copy(frames, source, number));
        assertThat(answer.header("Content-Length")).isEqualTo(answer.body().length + "");
        compared++;
      }
      Answer several = indexed(path(stored) + "/frames/1," + frames.count() + ",1");
      assertThat(several.parts()).hasSize(3);
      assertThat(several.parts().get(1).body()).isEqualTo(copy(frames, source, frames.count()));
      assertThat(get(path(stored) + "/frames/" + (frames.count() + 1), OHIF).status())
          .isEqualTo(404);
    }
    assertThat(compared).isEqualTo(4 * 10 + 1);
  }

  private static byte[] copy(PixelFrames frames, ByteSource source, int number) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frames.copy(source, number, bytes);
    return bytes.toByteArray();
  }

  private static String path(StorageMessage object) {
    return "/studies/%s/series/%s/instances/%s"
        .formatted(object.study(), object.series(), object.sopInstance());
  }

  @Test
  void givenALargeFrame_thenItComesWhole_alsoAloneAndByHead() throws IOException {
    byte[] large = new byte[2 * 1000 * 1000];
    new Random(1).nextBytes(large);
    Attributes image =
        study
            .image(1)
            .setInt(Tag.Rows, 1000)
            .setInt(Tag.Columns, 1000)
            .setBytes(Tag.PixelData, VR.OW, large);
    put(image);
    String path = instancePath(image) + "/frames/1";

    assertThat(frame(indexed(path))).isEqualTo(large);

    double before = byIndex();
    Answer alone = get(path, "Accept", "application/octet-stream");
    Answer head = send("HEAD", "/dicom-web" + path, HttpRequest.BodyPublishers.noBody(), OHIF);
    assertThat(byIndex()).isEqualTo(before + 2);
    assertThat(alone.body()).isEqualTo(large);
    assertThat(alone.header("Content-Type"))
        .isEqualTo("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1");
    assertThat(head.status()).isEqualTo(200);
    assertThat(Long.parseLong(head.header("Content-Length"))).isGreaterThan(large.length);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void givenAnIndexedInstance_whenReplaced_thenTheVeryNextRequestGetsTheNewOne()
      throws IOException {
    Attributes image = image(1);
    put(image);
    String path = instancePath(image) + "/frames/1";
    for (int version = 2; version < 6; version++) {
      indexed(path);
      put(image.setBytes(Tag.PixelData, VR.OW, pixels(version)));

      assertThat(frame(get(path, OHIF))).containsOnly(version);
      assertThat(frame(indexed(path))).containsOnly(version);
    }
  }

  @Test
  void givenAnIndexedInstance_whenDeleted_thenNobodyWhoAsksAfterwardsGetsIt() throws Exception {
    Attributes image = image(1);
    Attributes other = study.image(2);
    put(image);
    put(other);
    String path = instancePath(image) + "/frames/1";
    indexed(path);
    indexed(instancePath(other) + "/frames/1");

    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> reading =
          IntStream.range(0, 8).<Future<?>>mapToObj(_ -> readers.submit(() -> read(path))).toList();
      assertThat(send("DELETE", "/dicom-web" + instancePath(image), noBody()).status())
          .isEqualTo(204);
      assertThat(get(path, OHIF).status()).isEqualTo(404);
      for (Future<?> one : reading) {
        one.get();
      }
    }
    assertThat(get(path, OHIF).status()).isEqualTo(404);
    assertThat(indexed(instancePath(other) + "/frames/1").status()).isEqualTo(200);

    String series = "/studies/" + study.studyUid() + "/series/" + study.seriesUid();
    assertThat(send("DELETE", "/dicom-web" + series, noBody()).status()).isEqualTo(204);
    assertThat(get(instancePath(other) + "/frames/1", OHIF).status()).isEqualTo(404);
  }

  /** Until it is gone, what it gets is whole. */
  private Void read(String path) {
    for (Answer answer = get(path, OHIF); answer.status() != 404; answer = get(path, OHIF)) {
      assertThat(answer.status()).isEqualTo(200);
    }
    return null;
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  @Test
  void givenAnIndexedInstance_whenItGetsARendition_thenThatIsServedFromThenOn() throws IOException {
    Attributes image = image(0);
    StorageMessage message = put(image);
    String path = instancePath(image) + "/frames/1";
    assertThat(indexed(path).parts().getFirst().contentType()).endsWith("1.2.840.10008.1.2.1");
    byte[] coded = get(path, "Accept", "image/dicom-rle").body();

    addLossless(message, part10(coded(image, coded), UID.RLELossless));

    Answer after = get(path, OHIF);
    assertThat(after.parts().getFirst().contentType()).endsWith(UID.RLELossless);
    // Also when the index tells of it.
    await()
        .atMost(SOON)
        .until(() -> {
          double before = byIndex();
          Answer octets = get(path, "Accept", "application/octet-stream");
          assertThat(octets.body()).isEqualTo(pixels(0));
          return byIndex() > before;
        });
    assertThat(get(path, OHIF).parts().getFirst().contentType()).endsWith(UID.RLELossless);
  }

  private static Attributes coded(Attributes object, byte[] codestream) throws IOException {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.add(Arrays.copyOf(codestream, codestream.length + codestream.length % 2));
    try (var in = DicomInputStream.ofPart10(new ByteArrayInputStream(part10(object)))) {
      return in.readDataSet().set(Tag.PixelData, VR.OB, fragments);
    }
  }

  private void addLossless(StorageMessage message, byte[] file) throws IOException {
    UUID id = ReceptionId.next();
    String name = "renditions/" + id;
    archive.putBytes(name, file, file.length);
    Rendition rendition =
        new Rendition(
            id,
            RenditionKind.LOSSLESS,
            "test",
            message.sopInstance(),
            UID.RLELossless,
            "00".repeat(32),
            file.length,
            file.length - dataSet(file).length,
            List.of(new ObjectLocation(archive.name(), "", name, 0, file.length)));
    assertThat(renditions.end(key(message), rendition, Optional.empty(), false))
        .isEqualTo(Renditions.Ending.RECORDED);
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
  void givenAnIndexedInstance_whenItsFileGoesAndComesBackElsewhere_thenItIsServedAllTheTime()
      throws IOException {
    Attributes image = image(7);
    StorageMessage message = put(image);
    String path = instancePath(image) + "/frames/1";
    indexed(path);
    Path file = online.resolve(message.filePath());
    byte[] bytes = Files.readAllBytes(file);
    archive.putBytes("indexed/" + message.receptionId(), bytes, bytes.length);
    locationWriter.upsert(
        List.of(
            new PlacedObject(
                key(message),
                new ObjectLocation(
                    archive.name(), "", "indexed/" + message.receptionId(), 0, bytes.length))));

    Files.delete(file);
    place(message, message.filePath(), "evicted");
    double before = byIndex();
    assertThat(frame(get(path, OHIF))).containsOnly(7);
    assertThat(byIndex()).as("from the archive").isEqualTo(before);

    String elsewhere = message.filePath() + ".back";
    Files.write(online.resolve(elsewhere), bytes);
    place(message, elsewhere, "available");
    assertThat(frame(indexed(path))).containsOnly(7);

    Files.write(online.resolve(elsewhere), new byte[10]);
    assertThat(frame(get(path, OHIF))).as("it is another file").containsOnly(7);
  }

  private void place(StorageMessage message, String path, String state) {
    jdbc.sql(
            "update location set state = ?, blob_id = ?"
                + " where reception_id = ? and store = 'online'")
        .params(state, path, message.receptionId())
        .update();
  }

  @Test
  void givenTheSameUidsOfAnotherHospital_thenEachGetsItsOwn() throws IOException {
    Attributes image = image(1);
    put(image);
    String path = instancePath(image) + "/frames/1";
    indexed(path);

    assertThat(tenant("other", path).status()).isEqualTo(404);
    put("/tenants/other", part10(image.setBytes(Tag.PixelData, VR.OW, pixels(2))));
    assertThat(frame(tenant("other", path))).containsOnly(2);
    assertThat(frame(indexed(path))).containsOnly(1);
  }

  private Answer tenant(String name, String path) {
    return send("GET", "/tenants/" + name + "/dicom-web" + path, noBody(), OHIF);
  }

  @Test
  void givenChangeNumbersThatGoBackOrAreHuge_thenNoIndexOfAnotherVersionIsUsed()
      throws IOException {
    Attributes image = image(1);
    put(image);
    String path = instancePath(image) + "/frames/1";
    indexed(path);
    for (long number : new long[] {Long.MAX_VALUE - 5, 0, -1, Long.MIN_VALUE}) {
      jdbc.sql("update series set change_number = ?, changed = now() where series_uid = ?")
          .params(number, study.seriesUid())
          .update();
      double before = byIndex();
      assertThat(frame(get(path, OHIF))).containsOnly(1);
      assertThat(byIndex()).as("by the index of another version").isEqualTo(before);
    }
    // The same number once more, as in an index that was rebuilt.
    jdbc.sql("update series set change_number = 1, changed = now() where series_uid = ?")
        .param(study.seriesUid())
        .update();
    jdbc.sql("delete from series_metadata where series_uid = ?").param(study.seriesUid()).update();
    assertThat(frame(indexed(path))).containsOnly(1);
    jdbc.sql("update series set changed = now() + interval '1 second' where series_uid = ?")
        .param(study.seriesUid())
        .update();
    double before = byIndex();
    assertThat(frame(get(path, OHIF))).containsOnly(1);
    assertThat(byIndex()).isEqualTo(before);
  }

  @Test
  void givenASeries_whenWarmed_thenTheFirstFrameComesByTheIndex() throws IOException {
    Attributes image = image(5);
    put(image);
    indexes.warm("default", "1.2.3", "no such series");
    indexes.warm("default", study.studyUid(), study.seriesUid());
    await().atMost(SOON).until(() -> indexes.holds("default", study.studyUid(), study.seriesUid()));

    double before = byIndex();
    assertThat(frame(get(instancePath(image) + "/frames/1", OHIF))).containsOnly(5);
    assertThat(byIndex()).isEqualTo(before + 1);
  }
}
