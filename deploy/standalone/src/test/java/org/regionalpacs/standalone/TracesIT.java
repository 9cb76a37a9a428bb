package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.otlp.OtlpReceiver;
import org.regionalpacs.test.otlp.ReceivedSpan;

/** The ways of images through a running product, as a collector of OpenTelemetry gets them. */
class TracesIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void givenAnImageByCStore_thenReceptionIndexerArchiverAndMetadataAreOneTrace() throws Exception {
    SampleObjects study = SampleObjects.newStudy();

    OneImage.send(SharedProduct.get().dicomPort(), study.image(1));

    ReceivedSpan first = theWayOf(study, "storescp", "received by DIMSE");
    assertThat(first.attributes())
        .containsEntry("tenant", "default")
        .containsEntry("series", study.seriesUid());
  }

  @Test
  void givenAnImageByStow_thenReceptionIndexerArchiverAndMetadataAreOneTrace() throws Exception {
    SampleObjects study = SampleObjects.newStudy();
    Attributes image = study.image(1);
    byte[] file = Files.readAllBytes(SampleObjects.write(image, folder));

    assertThat(SharedProduct.get().dicomWeb().store(() -> new ByteArrayInputStream(file)))
        .isEqualTo(200);

    theWayOf(study, "wado", "received by STOW");
  }

  /** Its first span, once the last one is there. */
  private static ReceivedSpan theWayOf(SampleObjects study, String service, String reception)
      throws Exception {
    OtlpReceiver collector = SharedProduct.traces();
    await().atMost(SOON).until(() -> first(collector, study).isPresent());
    ReceivedSpan first = first(collector, study).orElseThrow();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(collector.of(first.trace()))
                .extracting(ReceivedSpan::service, ReceivedSpan::name)
                .contains(
                    tuple(service, reception),
                    tuple("consumer", "indexer"),
                    tuple("consumer", "archiver"),
                    tuple("webworker", "metadata")));
    List<ReceivedSpan> all = collector.of(first.trace());
    assertThat(all).noneMatch(ReceivedSpan::failed);
    assertThat(all)
        .filteredOn(span -> span != first)
        .allMatch(span -> span.parent().equals(first.id()))
        .allMatch(span -> !span.end().isBefore(span.start()));
    assertThat(all.toString())
        .as("nothing of the patient")
        .doesNotContain(study.patientId(), study.patientName());
    return first;
  }

  private static Optional<ReceivedSpan> first(OtlpReceiver collector, SampleObjects study) {
    return collector.spans().stream()
        .filter(span -> study.studyUid().equals(span.attributes().get("study")))
        .filter(span -> span.parent().isEmpty())
        .findFirst();
  }
}
