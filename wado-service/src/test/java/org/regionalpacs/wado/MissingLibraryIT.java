package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.test.Testdata;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A host on which OpenJPEG isn't installed. */
@TestPropertySource(properties = "pacs.codec.openjpeg=libnothing.so.7")
@DirtiesContext
class MissingLibraryIT extends WadoIT {
  @Autowired CodecProcesses codecs;
  @Autowired HealthIndicator codecsHealthIndicator;

  private String stored(String name) throws IOException {
    Path file = Testdata.path("synthetic/ts/" + name);
    assertThat(store("/dicom-web/studies", Files.readAllBytes(file)).status()).isEqualTo(200);
    indexer.index(1);
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return instancePath(in.readDataSetUntil(Tag.PixelData));
    }
  }

  @Test
  void givenOneIsMissing_thenItsImagesSayWhatToInstallAndAllElseGoesOn() throws IOException {
    assumeTrue(codecs.availability(Duration.ofSeconds(60)).getFirst().usable());
    String jpeg2000 = stored("j2k90_ct.dcm");
    String jpegLs = stored("jls80_ct.dcm");

    for (String suffix : List.of("/rendered", "/thumbnail", "/frames/1/rendered")) {
      Answer answer = get(jpeg2000 + suffix);
      assertThat(answer.status()).isEqualTo(406);
      assertThat(answer.json().get("detail").asString())
          .contains("OpenJPEG")
          .contains("install the package libopenjp2-7");
      assertThat(answer.json().get("available").toString()).contains("application/dicom");
    }
    assertThat(get(jpegLs + "/rendered").status()).isEqualTo(200);
    assertThat(codecsHealthIndicator.health().getStatus()).isEqualTo(new Status("DEGRADED"));

    // As when none can be started.
    codecs.close();
    Answer later = get(jpegLs + "/rendered?quality=50");
    assertThat(later.status()).isEqualTo(503);
    assertThat(later.header("Retry-After")).isNotEmpty();
    assertThat(get(jpeg2000).status()).isEqualTo(200);
  }
}
