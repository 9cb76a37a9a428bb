package org.regionalpacs.consumer.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.AcceptedObjects;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.PossibleOrphans;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.messages.ConvertMessage;
import org.regionalpacs.messages.ConvertMessage.Wanted;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Renditions in an archive that chooses ids. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false",
      "pacs.converter.enabled=false",
      "pacs.archive.store=fastdfs",
      "pacs.fastdfs.io-timeout=10s",
      "pacs.fastdfs.deadline=30s",
      "pacs.fastdfs.attempts=2",
      "pacs.fastdfs.pause=10ms"
    })
class FastDfsRenditionTest {
  private static final Wanted LOSSLESS = new Wanted("lossless", UID.RLELossless, 0, false);

  @TempDir static Path folder;
  private static FakeFastDfs cluster;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) throws IOException {
    cluster = FakeFastDfs.start(folder.resolve("cluster"), 1, 1);
    registry.add("pacs.fastdfs.trackers", cluster::trackers);
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.converter.scratch", () -> folder.resolve("scratch"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
    registry.add("pacs.catalogue.root", () -> folder.resolve("catalogue"));
    registry.add("pacs.fastdfs.spool", () -> folder.resolve("spool"));
    registry.add("pacs.fastdfs.orphans", () -> folder.resolve("orphans"));
    registry.add("pacs.blocks.journals", () -> folder.resolve("blocks"));
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @AfterEach
  void heal() {
    cluster.heal();
  }

  @Autowired List<Step> steps;
  @Autowired Converter converter;
  @Autowired InstanceObjects index;
  @Autowired StoredObjects objects;
  @Autowired PossibleOrphans orphans;

  private final AcceptedObjects intake = new AcceptedObjects(folder.resolve("online"));

  @Test
  void givenARendition_whenRecorded_thenItIsReadFromTheCluster() throws Exception {
    StorageMessage message = indexed();

    assertThat(process(message)).isEqualTo(StepResult.DONE);

    InstanceObject object = object(message);
    Rendition made = object.rendition(RenditionKind.LOSSLESS).orElseThrow();
    assertThat(made.locations()).singleElement().extracting("store").isEqualTo("fastdfs");
    try (InputStream in = objects.open(object.as(made).locations(), _ -> {}).open(0, 4 + 128)) {
      assertThat(new String(in.readAllBytes(), 128, 4)).isEqualTo("DICM");
    }
  }

  @Test
  void givenWhatIsStoredCannotBeReadBack_whenTriedAgain_thenNothingOfItStays() throws Exception {
    StorageMessage message = indexed();
    Set<String> before = files();
    for (FakeStorage storage : cluster.storages()) {
      storage.faults().always(Wire.DOWNLOAD, new Fault.CorruptDownload());
    }

    for (int i = 0; i < 2; i++) {
      assertThat(process(message).later()).hasSize(1);
    }
    assertThat(files()).isEqualTo(before);

    cluster.heal();
    assertThat(process(message)).isEqualTo(StepResult.DONE);
    assertThat(object(message).renditions()).hasSize(1);
    assertThat(files()).hasSize(before.size() + 1);
  }

  @Test
  void givenWhatCannotBeReadBackCannotBeRemovedEither_thenItIsListed() throws Exception {
    StorageMessage message = indexed();
    Set<String> before = files();
    for (FakeStorage storage : cluster.storages()) {
      storage.faults().always(Wire.DOWNLOAD, new Fault.CorruptDownload());
      storage.faults().always(Wire.DELETE, new Fault.Answer(5));
    }

    assertThat(process(message).later()).hasSize(1);

    Set<String> left = new HashSet<>(files());
    left.removeAll(before);
    assertThat(left).hasSize(1);
    assertThat(orphans.list(Instant.EPOCH, 1000))
        .anySatisfy(orphan -> {
          assertThat(orphan.answered()).isEqualTo(left.stream().findFirst());
          assertThat(orphan.name()).startsWith(message.tenant() + "/" + message.study() + "/");
        });
  }

  private static Set<String> files() throws IOException {
    return Set.copyOf(cluster.storages().getFirst().files()).stream()
        .filter(id -> id.endsWith(".dcm"))
        .collect(Collectors.toSet());
  }

  private StorageMessage indexed() throws Exception {
    StorageMessage message = intake.accept(SampleObjects.newStudy().image(1));
    StorageRecord record =
        new StorageRecord(
            new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), new byte[0]), message);
    for (Step step : steps) {
      if (step.group().equals("indexer")) {
        step.process(List.of(record));
      }
    }
    return message;
  }

  private StepResult process(StorageMessage message) throws Exception {
    byte[] value =
        MessageCodec.of(ConvertMessage.class)
            .encode(new ConvertMessage(1, message, List.of(LOSSLESS)));
    return converter.process(
        List.of(
            converter.read(new ConsumerRecord<>(Topics.CONVERT, 0, 0, message.study(), value))));
  }

  private InstanceObject object(StorageMessage message) {
    return index
        .find(message.tenant(), message.study(), message.series(), message.sopInstance())
        .orElseThrow();
  }
}
