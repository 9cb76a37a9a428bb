package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.nodes.PlannedTask;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;
import org.regionalpacs.wado.retrieve.FrameIndexes;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Evicted studies come near when they are opened. */
@TestPropertySource(
    properties = {
      "pacs.prefetch.enabled=true",
      "pacs.prefetch.interval=1ms",
      "pacs.prefetch.max-series=2",
      "pacs.prefetch.max-bytes=100KB",
      "pacs.eviction.read-rate=0B"
    })
@ExtendWith(OutputCaptureExtension.class)
class PrefetchIT extends ColdIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int SERIES = 3;
  private static final int IMAGES = 2;

  @Autowired JdbcClient jdbc;
  @Autowired FrameIndexes indexes;

  private SampleObjects study;
  private List<List<Attributes>> images;

  /** In the order of Series Number and Instance Number, which isn't that of arrival. */
  @BeforeEach
  void storeEvictedStudy() {
    await().until(() -> meters.get("pacs.cache.up").gauge().value() == 1);
    storeStudy();
    openedOnline();
    awaitIndexes();
    evict();
  }

  /** Metadata is made of the online files, so that what moves later are objects only. */
  private void openedOnline() {
    double before = studies("done");
    assertThat(get(metadata()).status()).isEqualTo(200);
    await().atMost(SOON).until(() -> studies("done") > before);
  }

  @AfterEach
  void nothingWaits() {
    await().atMost(SOON).until(() -> meters.get("pacs.prefetch.waiting").gauge().value() == 0);
  }

  private double studies(String outcome) {
    return meters.counter("pacs.prefetch.studies", "outcome", outcome).count();
  }

  private void storeStudy() {
    study = SampleObjects.newStudy();
    images = new ArrayList<>();
    for (int number = SERIES; number >= 1; number--) {
      SampleObjects series = study.newSeries();
      List<Attributes> ofSeries = new ArrayList<>();
      for (int instance = 1; instance <= IMAGES; instance++) {
        Attributes image = series.image(instance).setInt(Tag.SeriesNumber, number);
        archived(part10(image));
        ofSeries.add(image);
      }
      images.addFirst(ofSeries);
    }
  }

  /** Until what the request for metadata began has ended. */
  private void awaitIndexes() {
    await().atMost(SOON).until(() -> holds(images.get(0)) && holds(images.get(1)));
  }

  private boolean holds(List<Attributes> series) {
    String uid = series.getFirst().getString(Tag.SeriesInstanceUID, "");
    return indexes.holds("default", study.studyUid(), uid);
  }

  @Test
  void givenAStudyOnThisHost_whenOpened_thenTheFirstFramesOfItsNextSeriesComeByTheirIndex() {
    // As above, with its files there.
    assertThat(holds(images.get(2))).as("beyond max-series").isFalse();
    double before = byIndex();

    storeStudy();
    get(metadata());
    awaitIndexes();

    assertThat(frame(images.get(0).getFirst())).isEqualTo(200);
    assertThat(frame(images.get(1).getFirst())).isEqualTo(200);
    assertThat(byIndex()).isEqualTo(before + 2);
    assertThat(wanted()).isFalse();
  }

  private double byIndex() {
    return meters.get("pacs.retrieve.frame.requests").tag("by", "index").counter().count();
  }

  @Test
  void givenAnEvictedStudy_whenOpened_thenItsFirstSeriesAreReadWithoutTheArchive() {
    double before = objects();

    get(metadata());

    await().atMost(SOON).until(() -> objects() == before + 2 * IMAGES);
    awaitWritten();
    whileTheArchiveIsAway(() -> {
      for (List<Attributes> series : images.subList(0, 2)) {
        for (Attributes image : series) {
          assertThat(frame(image)).isEqualTo(200);
        }
      }
      assertThat(frame(images.get(2).getFirst())).as("was not to be prefetched").isEqualTo(503);
    });
    assertThat(wanted()).as("its files are wanted back").isTrue();
  }

  @Test
  void givenAnEvictedStudy_whenASeriesIsRead_thenTheNextIsReadWithoutTheArchive() {
    double before = objects();

    assertThat(frame(images.get(1).getFirst())).isEqualTo(200);

    await().atMost(SOON).until(() -> objects() == before + 2 * IMAGES);
    awaitWritten();
    whileTheArchiveIsAway(() -> {
      for (Attributes image : images.get(2)) {
        assertThat(frame(image)).isEqualTo(200);
      }
    });
  }

  @Test
  void givenAMultiframeObjectThatIsLongerThanWanted_whenOpened_thenItsFirstFramesComeNear() {
    study = SampleObjects.newStudy();
    int frame = 256 * 64 * 2;
    Attributes image =
        study
            .image(1)
            .setInt(Tag.Rows, 256)
            .setInt(Tag.Columns, 64)
            .setString(Tag.NumberOfFrames, "40")
            .setBytes(Tag.PixelData, VR.OW, new byte[40 * frame]);
    archived(part10(image));
    openedOnline();
    evict();
    double before = meters.counter("pacs.prefetch.bytes").count();

    get(metadata());

    await()
        .atMost(SOON)
        .until(() -> meters.counter("pacs.prefetch.bytes").count() == before + 3 * frame);
    awaitWritten();
    whileTheArchiveIsAway(() -> {
      assertThat(get(instancePath(image) + "/frames/1,2,3").status()).isEqualTo(200);
      assertThat(get(instancePath(image) + "/frames/4").status()).isEqualTo(503);
    });
  }

  @Test
  void givenLongObjectsWithoutFrames_whenOpened_thenTheirHeadersAreReadAndCountUntilTheBound() {
    study = SampleObjects.newStudy();
    for (int number = 1; number <= 3; number++) {
      Attributes document = study.image(number).remove(Tag.PixelData);
      archived(part10(document.setBytes(Tag.EncapsulatedDocument, VR.OB, new byte[1_200_000])));
    }
    openedOnline();
    evict();
    double before = meters.counter("pacs.prefetch.bytes").count();
    double done = studies("done");

    get(metadata());

    await().atMost(SOON).until(() -> studies("done") > done);
    // Of 100 KB: the second uses it up, the third isn't looked at.
    assertThat(meters.counter("pacs.prefetch.bytes").count() - before).isEqualTo(2 * 64 * 1024);
  }

  @Test
  void givenTheArchiveIsAway_whenManyOpenStudies_thenNothingFailsAndItIsSaidOnce(
      CapturedOutput output) {
    double before = studies("failed");
    whileTheArchiveIsAway(() -> {
      for (int i = 1; i <= 3; i++) {
        double failed = before + i;
        assertThat(get(metadata()).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> studies("failed") >= failed);
      }
    });
    assertThat(output.getAll().split("can't be prefetched", -1)).hasSize(2);
  }

  @Test
  void givenAnEvictedStudy_whenDeleted_thenNothingOfItIsPrefetched() {
    double before = objects();
    assertThat(
            send("DELETE", "/dicom-web/studies/" + study.studyUid(), BodyPublishers.noBody())
                .status())
        .isEqualTo(204);

    assertThat(get(metadata()).status()).isEqualTo(404);
    storeEvictedStudy();
    get(metadata());

    await().atMost(SOON).until(() -> objects() > before);
    assertThat(objects()).isLessThanOrEqualTo(before + 2 * IMAGES);
  }

  private String metadata() {
    return "/studies/" + study.studyUid() + "/metadata";
  }

  private int frame(Attributes image) {
    return get(instancePath(image) + "/frames/1").status();
  }

  private double objects() {
    return meters.counter("pacs.prefetch.objects").count();
  }

  private static void whileTheArchiveIsAway(Runnable work) {
    storage().faults().always(Wire.DOWNLOAD, new Fault.Answer(5));
    storage().faults().always(Wire.INFO, new Fault.Answer(5));
    try {
      work.run();
    } finally {
      storage().faults().heal();
    }
  }

  private void evict() {
    String key = UUID.randomUUID().toString();
    NodeTaskPlanner tasks = new NodeTaskPlanner(jdbc);
    tasks.plan(
        PlannedTask.now(
            online.node(),
            EvictStudies.KIND,
            key,
            new EvictStudies(List.of(new EvictStudies.Study("default", study.studyUid())))));
    await()
        .atMost(SOON)
        .until(
            () -> tasks.outcome(online.node(), EvictStudies.KIND, key).orElseThrow().done(),
            Optional::isPresent);
    assertThat(evicted()).as("evicted").isTrue();
  }

  private boolean evicted() {
    return column("evicted_objects > 0 and not online");
  }

  private boolean wanted() {
    return column("wanted is not null");
  }

  private boolean column(String expression) {
    return jdbc.sql("select " + expression + " from online_study where study_uid = ?")
        .param(study.studyUid())
        .query(Boolean.class)
        .single();
  }
}
