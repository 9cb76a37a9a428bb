package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.SmallVolume;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** curl and others on a disk that fills up. */
@DirtiesContext
@TestPropertySource(properties = "pacs.intake.min-free=4MB")
class DiskFullIT extends WadoIT {
  private static final int MB = 1024 * 1024;
  private final SmallVolume volume;
  private final Path usual;

  /** Before the service starts, which is as early as {@code @BeforeAll}. */
  DiskFullIT() {
    volume = SmallVolume.mount(16);
    usual = onlineRoot;
    onlineRoot = volume.path();
  }

  @AfterAll
  void unmount() {
    onlineRoot = usual;
    volume.close();
  }

  @Test
  void givenTheDiskFillsUp_whenSentByCurl_then503UnreadAndTakenAgainWhenSpaceReturns(
      @TempDir Path folder) throws IOException {
    Path image = folder.resolve("image.dcm");
    Files.write(image, part10(image(3 * MB)));
    Path other = volume.fill(10);

    ExternalTool.Outcome refused = curl(image);
    assertThat(refused.output())
        .contains("HTTP/1.1 503")
        .containsPattern("(?i)Retry-After: [0-9]+")
        .containsIgnoringCase("Content-Type: application/problem+json")
        .contains("disk space is low")
        .doesNotContain("100 Continue");

    Files.delete(other);

    assertThat(curl(image).output()).contains("HTTP/1.1 200");
    indexer.index(1);
  }

  @Test
  void givenALengthThatIsNotAnnounced_whenTheDiskFillsUpOnTheWay_then503AndNothingIsLeft()
      throws IOException {
    byte[] large = part10(image(12 * MB));
    long before = volume.path().toFile().getUsableSpace();

    Answer answer =
        send(
            "POST",
            "/dicom-web/studies",
            BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)),
            "Content-Type",
            "application/dicom");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(volume.path().toFile().getUsableSpace()).isEqualTo(before);
  }

  @Test
  void givenOneObjectThatFitsAndOneThatDoesNot_whenSentTogether_thenTheFirstIsStored() {
    Attributes small = image(MB);
    Attributes large = image(12 * MB);
    MultipartBody both =
        new MultipartBody(
            "application/dicom",
            List.of(
                new Part(
                    "application/dicom", OptionalLong.empty(), out -> out.write(part10(small))),
                new Part(
                    "application/dicom", OptionalLong.empty(), out -> out.write(part10(large)))));

    Answer answer = storeChunked("/dicom-web/studies", both);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/00081199/Value/0/00081155/Value/0").asString())
        .isEqualTo(small.getString(Tag.SOPInstanceUID, ""));
    assertThat(answer.json().at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xA700);
    indexer.index(1);
  }

  @Test
  void givenBulkDataThatDoesNotFit_whenSentWithMetadata_then503AndNothingIsLeft() {
    long before = volume.path().toFile().getUsableSpace();
    Part bulk =
        new Part(
            "application/octet-stream\r\nContent-Location: bulk",
            OptionalLong.empty(),
            out -> out.write(new byte[12 * MB]));

    Answer answer =
        storeChunked(
            "/dicom-web/studies", new MultipartBody("application/dicom+json", List.of(bulk)));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(volume.path().toFile().getUsableSpace()).isEqualTo(before);
  }

  private static Attributes image(int bytes) {
    return SampleObjects.newStudy().image(1).setBytes(Tag.PixelData, VR.OW, new byte[bytes]);
  }

  private ExternalTool.Outcome curl(Path image) {
    return ExternalTool.named("curl")
        .run(
            "-s",
            "-i",
            "--expect100-timeout",
            "60",
            "-H",
            "Content-Type: application/dicom",
            "--data-binary",
            "@" + image,
            "http://127.0.0.1:" + port + "/dicom-web/studies");
  }
}
