package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.SendFiles;
import org.regionalpacs.dicom.net.SendOutcome;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.LogRecordCodec;
import org.regionalpacs.messages.Topics;

/**
 * A series of 250 images (130 MB) is read by 32 clients at once, slow ones among them, from the
 * whole product in a heap of 512 MB (see {@link PacsProcess}).
 */
class ManyReadersIT {
  private static final int INSTANCES = 250;
  private static final int PIXELS = 512 * 512 * 2;
  private static final int FAST = 28;
  private static final int SLOW = 4;
  private static final String STUDY = UID.generate();
  private static final String SERIES = UID.generate();
  private static final String PATH = "/studies/" + STUDY + "/series/" + SERIES;

  @TempDir static Path dir;
  private static RunningProduct product;

  /** CRC-32 of each file that the product keeps, sorted. */
  private static final List<Long> STORED = new ArrayList<>();

  @BeforeAll
  static void storeSeries() throws Exception {
    List<Path> files = writeSeries(Files.createDirectories(dir.resolve("series")));
    product = SharedProduct.get();
    RemoteAe pacs = new RemoteAe("REGIONAL_PACS", "127.0.0.1", product.dicomPort());
    List<SendOutcome> outcomes =
        new SendFiles(pacs, "MANY", 4, ScuOptions.DEFAULT).send(files, (_, _, _) -> {});
    assertThat(outcomes).hasSize(INSTANCES).allMatch(SendOutcome::stored);
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> product.dicomWeb().json(PATH + "/instances").size() == INSTANCES);
    Path kept = product.data().resolve("online/default/" + STUDY + "/" + SERIES);
    try (var stored = Files.list(kept)) {
      for (Path file : stored.toList()) {
        CRC32 crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        STORED.add(crc.getValue());
      }
    }
    STORED.sort(Long::compare);
  }

  private static List<Path> writeSeries(Path folder) throws IOException {
    Random random = new Random(7);
    byte[] pixels = new byte[PIXELS];
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= INSTANCES; i++) {
      random.nextBytes(pixels);
      String sop = UID.generate();
      Attributes image =
          new Attributes()
              .setString(Tag.SOPClassUID, UID.CTImageStorage)
              .setString(Tag.SOPInstanceUID, sop)
              .setString(Tag.StudyInstanceUID, STUDY)
              .setString(Tag.SeriesInstanceUID, SERIES)
              .setString(Tag.PatientID, "MANY")
              .setInt(Tag.InstanceNumber, i)
              .setBytes(Tag.PixelData, VR.OW, pixels);
      Path file = folder.resolve(i + ".dcm");
      try (OutputStream out = Files.newOutputStream(file)) {
        DicomOutputStream.writeFile(
            FileMeta.of(UID.CTImageStorage, sop, UID.ExplicitVRLittleEndian), image, out);
      }
      files.add(file);
    }
    return files;
  }

  @Test
  void givenThirtyTwoClients_whenAllReadTheSeriesAtOnce_thenEachGetsEveryByteInAFlatHeap()
      throws Exception {
    // Slow ones get one part for each seven that the fast ones have read together.
    Semaphore turns = new Semaphore(0);
    List<Callable<List<Long>>> clients = new ArrayList<>();
    for (int i = 0; i < FAST; i++) {
      clients.add(() -> read(() -> turns.release()));
    }
    for (int i = 0; i < SLOW; i++) {
      clients.add(() -> read(() -> assertThat(turns.tryAcquire(7, 5, TimeUnit.MINUTES)).isTrue()));
    }
    HeapWatch heap = HeapWatch.start(product.healthPort());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Long>> client : threads.invokeAll(clients)) {
        assertThat(client.get()).isEqualTo(STORED);
      }
    }
    System.out.println("32 clients, 4.2 GB in all; " + heap.stop());
    assertThat(heap.peakOldMegabytes()).isLessThan(400);
    assertThat(product.process().output()).doesNotContain("OutOfMemoryError");
  }

  /** Something to do after each part. */
  @FunctionalInterface
  private interface Pace {
    void afterPart() throws InterruptedException;
  }

  private static List<Long> read(Pace pace) throws Exception {
    List<Long> parts = new ArrayList<>();
    try (SeriesReader reader = SeriesReader.open(product.httpPort(), PATH)) {
      for (var part = reader.nextPart(); part.isPresent(); part = reader.nextPart()) {
        parts.add(part.get());
        pace.afterPart();
      }
    }
    parts.sort(Long::compare);
    return parts;
  }

  @Test
  void givenAClientThatGoesAway_whenItHadReadAFewParts_thenNothingMoreIsReadForIt()
      throws Exception {
    try (var messages =
        new KafkaConsumer<>(consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
      messages.assign(
          messages.partitionsFor(Topics.LOG).stream()
              .map(info ->
                  new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
              .toList());
      messages.seekToEnd(messages.assignment());
      messages.assignment().forEach(messages::position);
      try (SeriesReader reader = SeriesReader.open(product.httpPort(), PATH)) {
        assertThat(reader.nextPart()).isPresent();
        assertThat(reader.nextPart()).isPresent();
      }

      LogMessage log = awaitLog(messages);
      assertThat(log.comment()).isEqualTo("client went away");
      // The parts it read, and what was on its way in the buffers of both hosts.
      assertThat(log.bytes()).isBetween((long) PIXELS, (long) INSTANCES * PIXELS / 4);
    }
  }

  private static Map<String, Object> consumer() {
    return Map.of("bootstrap.servers", product.kafka(), "enable.auto.commit", "false");
  }

  private static LogMessage awaitLog(KafkaConsumer<String, byte[]> messages) {
    LogRecordCodec codec = new LogRecordCodec();
    return await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () -> {
              for (var record : messages.poll(Duration.ofMillis(100))) {
                if (codec.decode(record.value()) instanceof LogMessage message
                    && message.series().equals(SERIES)
                    && message.operation().contains("WADO-RS")
                    // Another reader's, which ended well, may come late.
                    && !message.comment().isEmpty()) {
                  return Optional.of(message);
                }
              }
              return Optional.<LogMessage>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }
}
