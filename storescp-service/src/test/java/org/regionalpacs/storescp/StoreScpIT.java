package org.regionalpacs.storescp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.net.AssociationRejectedException;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResponse;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.storescp.listen.DicomListener;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** C-STORE from a sender's socket to disk and Kafka. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + StoreScpApplication.CONFIG_NAME,
      "pacs.dimse.port=0",
      // No database answers there: all of this works without one.
      "pacs.node-tasks.database.url=jdbc:postgresql://127.0.0.1:1/none",
      "pacs.tenants.ae-titles[0].title=REGIONAL_PACS",
      "pacs.tenants.ae-titles[0].tenant=default",
      "pacs.tenants.ae-titles[1].title=HOSPITAL_B",
      "pacs.tenants.ae-titles[1].tenant=hospital-b"
    })
class StoreScpIT {
  private static final int MEGABYTE = 1 << 20;

  @TempDir static Path root;

  @Autowired DicomListener listener;
  @Autowired MeterRegistry metrics;
  @Autowired KafkaConnectionDetails kafka;
  @LocalServerPort int httpPort;

  @DynamicPropertySource
  static void onlineStore(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> root);
  }

  @Test
  void givenDcmtksStorescu_whenItSendsAStudy_thenFilesAndMessagesAreThere(@TempDir Path folder) {
    ExternalTool storescu = ExternalTool.named("storescu");
    SampleObjects study = SampleObjects.newStudy();
    List<Path> files = study.write(folder, 3);

    ExternalTool.Outcome outcome =
        storescu.run(
            "-v",
            "-aet",
            "CT1",
            "-aec",
            "HOSPITAL_B",
            "127.0.0.1",
            listener.port(),
            files.get(0),
            files.get(1),
            files.get(2));

    assertThat(outcome.code()).as(outcome.output()).isZero();
    try (Topic<StorageMessage> storage =
            new Topic<>(kafka.getBootstrapServers(), Topics.STORAGE, StorageMessage.class);
        Topic<LogMessage> log =
            new Topic<>(kafka.getBootstrapServers(), Topics.LOG, LogMessage.class)) {
      await().until(() -> storage.matching(m -> m.study().equals(study.studyUid())).size() == 3);
      for (StorageMessage message : storage.matching(m -> m.study().equals(study.studyUid()))) {
        assertThat(message.tenant()).isEqualTo("hospital-b");
        assertThat(message.callingAe()).isEqualTo("CT1");
        assertThat(root.resolve(message.filePath()))
            .isEqualTo(path("hospital-b", study, message.sopInstance()))
            .exists();
        assertThat(dataSetOf(root.resolve(message.filePath())))
            .isEqualTo(dataSetOf(folder.resolve(message.sopInstance() + ".dcm")));
      }
      await().until(() -> log.matching(m -> m.study().equals(study.studyUid())).size() == 3);
      LogMessage line = log.matching(m -> m.study().equals(study.studyUid())).getFirst();
      assertThat(line.operation()).isEqualTo("C-STORE");
      assertThat(line.status()).isZero();
      assertThat(line.bytes()).isPositive();
    }
    assertThat(
            metrics
                .get("pacs.dimse.store")
                .tags("tenant", "hospital-b", "status", "0000")
                .timer()
                .count())
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void givenDcmtksEchoscu_whenItCallsTheWrongTitle_thenItIsToldSo() {
    ExternalTool echoscu = ExternalTool.named("echoscu");
    assertThat(echoscu.run("-aec", "REGIONAL_PACS", "127.0.0.1", listener.port()).code()).isZero();
    assertThat(echoscu.run("-aec", "NOBODY", "127.0.0.1", listener.port()).output())
        .contains("Called AE Title Not Recognized");
  }

  @Test
  void givenAWrongCalledTitle_whenOpened_thenRejectedWithTheReason() {
    assertThatThrownBy(() -> open("NOBODY"))
        .isInstanceOfSatisfying(
            AssociationRejectedException.class,
            e -> assertThat(List.of(e.result(), e.source(), e.reason())).containsExactly(1, 1, 7));
  }

  @Test
  void givenNoSopInstanceUid_whenStored_thenRefusedWithACommentAndTheNextIsStored()
      throws IOException {
    SampleObjects study = SampleObjects.newStudy();
    try (StoreScu scu = open("REGIONAL_PACS")) {
      Attributes nameless = study.image(1);
      nameless.remove(Tag.SOPInstanceUID);
      StoreResponse refused = store(scu, "", encode(nameless));
      assertThat(refused.status()).isEqualTo(0xA900);
      assertThat(refused.errorComment()).contains("SOPInstanceUID");

      Attributes named = study.image(2);
      String uid = named.getString(Tag.SOPInstanceUID, "");
      assertThat(store(scu, uid, encode(named)).status()).isZero();
      assertThat(path("default", study, uid)).exists();
    }
  }

  @Test
  void givenNoStudyInstanceUid_whenStored_thenA900WithAComment() throws IOException {
    Attributes object = SampleObjects.newStudy().image(1);
    object.remove(Tag.StudyInstanceUID);
    try (StoreScu scu = open("REGIONAL_PACS")) {
      StoreResponse refused = store(scu, object.getString(Tag.SOPInstanceUID, ""), encode(object));
      assertThat(refused.status()).isEqualTo(0xA900);
      assertThat(refused.errorComment()).contains("StudyInstanceUID");
    }
  }

  @Test
  void givenAUidThatClimbsOutOfTheStore_whenStored_thenRefused() throws IOException {
    Attributes object =
        SampleObjects.newStudy().image(1).setString(Tag.SOPInstanceUID, "../../../evil");
    try (StoreScu scu = open("REGIONAL_PACS")) {
      assertThat(store(scu, "../../../evil", encode(object)).stored()).isFalse();
    }
    assertThat(files(root)).noneMatch(file -> file.toString().contains("evil"));
  }

  @Test
  void givenADataSetThatIsNone_whenStored_thenRefused() throws IOException {
    try (StoreScu scu = open("REGIONAL_PACS")) {
      byte[] noise = "this is not a data set, whatever you may think of it".getBytes();
      assertThat(store(scu, "1.2.3", noise).stored()).isFalse();
    }
  }

  @Test
  void givenObjectsStoredAndRefused_thenEachIsOnTheLogTopicOnce() throws IOException {
    SampleObjects study = SampleObjects.newStudy();
    Attributes good = study.image(1);
    Attributes homeless = study.image(2);
    homeless.remove(Tag.StudyInstanceUID);
    String sop = good.getString(Tag.SOPInstanceUID, "");
    String other = homeless.getString(Tag.SOPInstanceUID, "");
    String caller = "LOG" + System.nanoTime() % 1_000_000;
    try (StoreScu scu =
        StoreScu.open(
            new RemoteAe("HOSPITAL_B", "127.0.0.1", listener.port()),
            caller,
            List.of(
                ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian),
                ProposedContext.of(UID.Verification, UID.ExplicitVRLittleEndian)),
            ScuOptions.DEFAULT)) {
      store(scu, sop, encode(good));
      store(scu, sop, encode(good));
      store(scu, other, encode(homeless));
      store(scu, "../../evil", encode(good));
      byte[] nothing = new byte[8];
      scu.store(
          UID.Verification, "1.2.3", UID.ExplicitVRLittleEndian, new ByteArrayInputStream(nothing));
    }

    long size = encode(good).length;
    try (Topic<LogMessage> log =
        new Topic<>(kafka.getBootstrapServers(), Topics.LOG, LogMessage.class)) {
      await().until(() -> log.matching(m -> m.peer().equals(caller)).size() >= 5);
      assertThat(log.matching(m -> m.peer().equals(caller)))
          .allMatch(m -> m.operation().equals("C-STORE") && m.tenant().equals("hospital-b"))
          .allMatch(m -> m.address().equals("127.0.0.1") && m.servedFrom().isEmpty())
          .extracting(
              LogMessage::status,
              LogMessage::study,
              LogMessage::sopInstance,
              m -> m.bytes() == size,
              m -> m.comment().isEmpty())
          .containsExactlyInAnyOrder(
              tuple(0, study.studyUid(), sop, true, true),
              tuple(0, study.studyUid(), sop, true, true),
              tuple(0xA900, "", other, false, false),
              tuple(0xA900, "", "", true, false),
              tuple(0x0122, "", "1.2.3", false, false));
    }
  }

  @Test
  void givenALargeObject_whenStored_thenItNeverIsInTheHeap() throws IOException {
    SampleObjects study = SampleObjects.newStudy();
    Attributes head = study.image(1);
    head.remove(Tag.PixelData);
    int length = 200 * MEGABYTE;
    MemoryPoolMXBean old = oldGeneration();
    System.gc();
    old.resetPeakUsage();
    long before = old.getPeakUsage().getUsed();

    String uid = head.getString(Tag.SOPInstanceUID, "");
    try (StoreScu scu = open("REGIONAL_PACS")) {
      InputStream dataSet =
          new SequenceInputStream(
              new ByteArrayInputStream(withPixelDataHead(encode(head), length)), new Zeros(length));
      assertThat(scu.store(UID.CTImageStorage, uid, UID.ExplicitVRLittleEndian, dataSet).status())
          .isZero();
    }

    assertThat(path("default", study, uid)).exists();
    assertThat(Files.size(path("default", study, uid))).isGreaterThan(length);
    assertThat(old.getPeakUsage().getUsed() - before).isLessThan(32 * MEGABYTE);
    Files.delete(path("default", study, uid));
  }

  @Test
  void givenAConnectionCutInADataSet_whenStoring_thenNoFileIsLeft() throws Exception {
    SampleObjects study = SampleObjects.newStudy();
    byte[] head = encode(study.image(1));
    Stalling stalling = new Stalling(withPixelDataHead(head, 10 * MEGABYTE));
    StoreScu scu = open("REGIONAL_PACS");
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() ->
            assertThatThrownBy(() ->
                    scu.store(UID.CTImageStorage, "1.2.3", UID.ExplicitVRLittleEndian, stalling))
                .isInstanceOf(IOException.class));
    await().until(() -> partFiles().count() > 0);
    scu.abort();
    stalling.release();
    sending.get();

    await().until(() -> partFiles().count() == 0);
    assertThat(root.resolve("default").resolve(study.studyUid())).doesNotExist();
  }

  @Test
  void whenAskedForHealth_thenTheListenerIsUp() throws Exception {
    HttpResponse<String> answer = health("");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"dicomListener\"").contains("\"status\":\"UP\"");
  }

  @Test
  void givenNoDatabase_whenAskedForHealth_thenOnlyTheTasksOfTheNodeWait() {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(() ->
            assertThat(health("").body())
                .contains("\"nodeTasks\":{")
                .contains("\"status\":\"DEGRADED\"")
                .endsWith("\"status\":\"UP\"}"));
    assertThat(health("/readiness").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> health(String group) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + httpPort + "/actuator/health" + group))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private StoreScu open(String calledAe) throws IOException {
    return StoreScu.open(
        new RemoteAe(calledAe, "127.0.0.1", listener.port()),
        "OWN_SCU",
        List.of(ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian)),
        ScuOptions.DEFAULT);
  }

  private static StoreResponse store(StoreScu scu, String sopInstance, byte[] dataSet)
      throws IOException {
    return scu.store(
        UID.CTImageStorage,
        sopInstance,
        UID.ExplicitVRLittleEndian,
        new ByteArrayInputStream(dataSet));
  }

  private static byte[] encode(Attributes object) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomOutputStream.writeDataSet(object, UID.ExplicitVRLittleEndian, out);
    return out.toByteArray();
  }

  /** The data set without its pixel data, then the head of one of that length (OW, Explicit LE). */
  private static byte[] withPixelDataHead(byte[] dataSet, int length) throws IOException {
    Attributes head =
        DicomInputStream.ofDataSet(new ByteArrayInputStream(dataSet), UID.ExplicitVRLittleEndian)
            .readDataSetUntil(Tag.PixelData);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(encode(head));
    out.writeBytes(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0x00, 'O', 'W', 0, 0});
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(length >>> shift);
    }
    return out.toByteArray();
  }

  private static byte[] dataSetOf(Path file) {
    try (DicomInputStream in = DicomInputStream.ofFile(file);
        InputStream bytes = Files.newInputStream(file)) {
      bytes.skipNBytes(in.dataSetOffset());
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path path(String tenant, SampleObjects study, String sopInstance) {
    return root.resolve(tenant)
        .resolve(study.studyUid())
        .resolve(study.seriesUid())
        .resolve(sopInstance + ".dcm");
  }

  private static Stream<Path> partFiles() {
    return files(root).filter(file -> file.toString().endsWith(".part"));
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.toList().stream();
    } catch (IOException | UncheckedIOException e) {
      // A file went away while the folder was read.
      return Stream.of(folder.resolve("again.part"));
    }
  }

  private static MemoryPoolMXBean oldGeneration() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
        .findFirst()
        .orElseThrow();
  }

  /** So many zero bytes. */
  private static final class Zeros extends InputStream {
    private int left;

    Zeros(int length) {
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = Math.min(left, length);
      left -= count;
      return count;
    }
  }

  /** The given bytes and some more, then nothing until it is released; then it fails. */
  private static final class Stalling extends InputStream {
    private final CountDownLatch released = new CountDownLatch(1);
    private final byte[] head;
    private int position;

    Stalling(byte[] head) {
      this.head = head;
    }

    void release() {
      released.countDown();
    }

    @Override
    public int read() throws IOException {
      if (position < head.length) {
        return head[position++] & 0xFF;
      }
      if (position++ < MEGABYTE) {
        return 0;
      }
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("cut");
    }
  }
}
