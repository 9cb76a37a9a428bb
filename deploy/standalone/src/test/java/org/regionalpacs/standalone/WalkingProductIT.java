package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;

/** {@link WalkingProduct} on what {@code ./pacs up} runs. */
@Tag("alone")
class WalkingProductIT extends WalkingProduct {
  private static RunningProduct product;

  WalkingProductIT() {
    // How soon it is on a machine that does nothing else is measured by bench.
    super(Duration.ofMinutes(5));
  }

  @BeforeAll
  static void up() throws Exception {
    product = SharedProduct.get();
  }

  @Override
  DicomWeb dicomWeb() {
    return product.dicomWeb();
  }

  @Override
  int dicomPort() {
    return product.dicomPort();
  }

  @Override
  List<Object> peer() {
    return List.of("--data", product.data());
  }

  @Override
  Path data() {
    return product.data();
  }

  @Test
  void givenAProductThatRuns_whenAskedForItsState_thenItNamesWhatTheConverterHasBeforeIt()
      throws Exception {
    await()
        .atMost(soon)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() ->
            assertThat(PacsProcess.run("status", "--data", product.data()).output())
                .contains("converter of convert_queue"));
  }

  @Test
  void givenAnObjectLargerThanTheHeap_whenStoredAndRetrieved_thenItStreams() throws Exception {
    // All four services share a heap of 512 MB (PacsProcess).
    long pixels = 640L << 20;
    String study = UID.generate();
    Path file = dir.resolve("large.dcm");
    CtStudy.writeLarge(file, study, pixels);

    int status = product.dicomWeb().store(() -> CtStudy.open(file));
    assertThat(status).isEqualTo(200);

    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> product.dicomWeb().length("/studies/" + study) > pixels);
  }
}
