package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A host on which OpenJPEG isn't installed. */
@TestPropertySource(properties = "pacs.codec.openjpeg=libnothing.so.7")
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MissingLibraryIT extends WadoIT {
  private static final String JPEG_2000 = UID.JPEG2000Lossless;

  @Autowired CodecProcesses codecs;
  @Autowired MeterRegistry meters;
  @Autowired HealthIndicator codecsHealthIndicator;

  /**
   * Stores a sample under UIDs of its own: answers about the sample itself may be in the shared
   * Redis, from tests whose host had the library.
   */
  private String stored(String name) throws IOException {
    Path file = Testdata.path("synthetic/ts/" + name);
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      Attributes object =
          in.readDataSet()
              .setString(Tag.StudyInstanceUID, SampleObjects.newUid())
              .setString(Tag.SeriesInstanceUID, SampleObjects.newUid())
              .setString(Tag.SOPInstanceUID, SampleObjects.newUid());
      byte[] part10 = part10(object, in.transferSyntax());
      assertThat(store("/dicom-web/studies", part10).status()).isEqualTo(200);
      indexer.index(1);
      return instancePath(object);
    }
  }

  private static String parameters(String path) {
    String[] uids = path.split("/");
    return "requestType=WADO&studyUID=%s&seriesUID=%s&objectUID=%s"
        .formatted(uids[2], uids[4], uids[6]);
  }

  /** Those that were tried, whatever came of them. */
  private double transcodes() {
    return meters.find("pacs.transcodes").timers().stream().mapToDouble(Timer::count).sum();
  }

  @Test
  void givenASeriesOfWhichSomeCanNotBeDecoded_thenAWarningCountsThemAndSaysWhy()
      throws IOException {
    assumeTrue(codecs.availability(Duration.ofSeconds(60)).getFirst().usable());
    SampleObjects sample = SampleObjects.newStudy();
    Attributes image = sample.image(1);
    Fragments codestream = new Fragments();
    codestream.addAll(List.of(new byte[0], new byte[100]));
    Attributes undecoded = sample.image(2).set(Tag.PixelData, VR.OB, codestream);
    byte[] coded = part10(undecoded, JPEG_2000);
    assertThat(store("/dicom-web/studies", part10(image), coded).status()).isEqualTo(200);
    indexer.index(2);
    String series = "/studies/" + sample.studyUid() + "/series/" + sample.seriesUid();

    Answer pictures = get(series + "/rendered");

    assertThat(pictures.status()).isEqualTo(200);
    assertThat(pictures.parts()).hasSize(1);
    assertThat(pictures.header("Warning"))
        .contains("1 instances are left out, as OpenJPEG")
        .contains("libopenjp2-7");
  }

  @Test
  @Order(Order.DEFAULT + 1)
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
    for (String[] request :
        List.of(
            new String[] {"", "application/dicom"},
            new String[] {"", "application/dicom; transfer-syntax=1.2.840.10008.1.2.5"},
            new String[] {"/frames/1", "image/dicom-rle"})) {
      Answer answer = get(jpeg2000 + request[0], "Accept", request[1]);
      assertThat(answer.status()).isEqualTo(406);
      assertThat(answer.json().get("detail").asString())
          .contains("install the package libopenjp2-7");
    }
    Answer target = get(jpegLs, "Accept", "application/dicom; transfer-syntax=" + JPEG_2000);
    assertThat(target.status()).isEqualTo(406);
    assertThat(target.json().get("detail").asString()).contains("libopenjp2-7");
    // As it is stored, to who takes it so too.
    Answer asStored =
        get(jpeg2000, "Accept", "application/dicom, application/dicom; transfer-syntax=*; q=0.1");
    assertThat(asStored.header("Content-Type")).endsWith(JPEG_2000);
    double made = transcodes();
    Answer frameAsStored =
        get(
            jpeg2000 + "/frames/1",
            "Accept",
            "image/dicom-rle, application/octet-stream; transfer-syntax=*; q=0.1");
    assertThat(frameAsStored.status()).isEqualTo(200);
    assertThat(frameAsStored.header("Content-Type")).endsWith(JPEG_2000);
    // Nobody tries what is known to fail.
    assertThat(transcodes()).isEqualTo(made);
    Answer byUri = send("GET", "/wado?" + parameters(jpeg2000), BodyPublishers.noBody());
    assertThat(byUri.status()).isEqualTo(200);
    assertThat(byUri.header("Content-Type"))
        .isEqualTo("application/dicom; transfer-syntax=" + JPEG_2000);
    Answer picture =
        send(
            "GET",
            "/wado?" + parameters(jpeg2000) + "&contentType=image/jpeg",
            BodyPublishers.noBody());
    assertThat(picture.status()).isEqualTo(406);
    assertThat(picture.json().get("detail").asString()).contains("libopenjp2-7");

    assertThat(get(jpegLs + "/rendered").status()).isEqualTo(200);
    assertThat(codecsHealthIndicator.health().getStatus()).isEqualTo(new Status("DEGRADED"));

    // As when none can be started.
    codecs.close();
    Answer later = get(jpegLs + "/rendered?quality=50");
    assertThat(later.status()).isEqualTo(503);
    assertThat(later.header("Retry-After")).isNotEmpty();
    Answer frame = get(jpegLs + "/frames/1", "Accept", "image/jpeg");
    assertThat(frame.status()).isEqualTo(503);
    assertThat(frame.header("Retry-After")).isNotEmpty();
    assertThat(get(jpeg2000).status()).isEqualTo(200);
  }
}
