package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;

/** Pictures that are known already: to the client, or to Redis. */
class RenderedCacheIT extends WadoIT {
  @Autowired MeterRegistry meters;

  private double count(String meter, String outcome) {
    var counter = meters.find(meter).tags("kind", "rendered", "outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  /** Found, in Redis or still in the heap. */
  private double hits() {
    return count("pacs.cache.reads", "hit") + count("pacs.cache.reads", "memory");
  }

  private double kept() {
    return count("pacs.cache.writes", "kept");
  }

  /** An image whose pixels all have one value, and that is shown as it is. */
  private static Attributes image(int level) {
    byte[] pixels = new byte[32 * 32];
    Arrays.fill(pixels, (byte) level);
    return SampleObjects.newStudy()
        .image(1)
        .setInt(Tag.Rows, 32)
        .setInt(Tag.Columns, 32)
        .setInt(Tag.BitsAllocated, 8)
        .setInt(Tag.BitsStored, 8)
        .setInt(Tag.HighBit, 7)
        .setInt(Tag.RescaleIntercept, 0)
        .setString(Tag.WindowCenter, "128")
        .setString(Tag.WindowWidth, "256")
        .setBytes(Tag.PixelData, VR.OB, pixels);
  }

  private void stored(Attributes object) {
    assertThat(store("/dicom-web/studies", part10(object)).status()).isEqualTo(200);
    indexer.index(1);
  }

  /** Gets it, and waits until it is kept. */
  private Answer kept(String path) {
    awaitCache(meters);
    double before = kept();
    Answer answer = get(path);
    assertThat(answer.status()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(kept()).isGreaterThan(before));
    return answer;
  }

  @Test
  void givenAPictureThatWasMade_whenItIsWantedAgain_thenItComesFromTheCache() {
    Attributes image = image(10);
    stored(image);
    for (String path : List.of("/thumbnail", "/rendered", "/frames/1/rendered?quality=50")) {
      Answer made = kept(instancePath(image) + path);
      double hits = hits();

      Answer again = get(instancePath(image) + path);

      assertThat(again.body()).isEqualTo(made.body());
      assertThat(again.header("ETag")).isEqualTo(made.header("ETag"));
      assertThat(hits()).isEqualTo(hits + 1);
    }
  }

  @Test
  void givenANewVersion_thenItsPictureIsSentAtOnce() {
    Attributes image = image(10);
    stored(image);
    String path = instancePath(image) + "/rendered?accept=image%2Fpng";
    Answer old = kept(path);

    stored(
        image(200)
            .setString(Tag.StudyInstanceUID, image.getString(Tag.StudyInstanceUID, ""))
            .setString(Tag.SeriesInstanceUID, image.getString(Tag.SeriesInstanceUID, ""))
            .setString(Tag.SOPInstanceUID, image.getString(Tag.SOPInstanceUID, "")));

    Answer other = get(path, "If-None-Match", old.header("ETag"));
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.body()).isNotEqualTo(old.body());
    assertThat(other.header("ETag")).isNotEqualTo(old.header("ETag"));
  }

  @Test
  void givenAnotherTenantOrNothingToTellItsVersion_thenThePictureIsNotFound() {
    Attributes image = image(10);
    stored(image);
    kept(instancePath(image) + "/thumbnail");

    assertThat(
            send(
                    "GET",
                    "/tenants/third/dicom-web" + instancePath(image) + "/thumbnail",
                    HttpRequest.BodyPublishers.noBody())
                .status())
        .isEqualTo(404);
  }

  @Test
  void givenThumbnailsAndDocuments_whenTheClientHasThem_then304() {
    Attributes image = image(10);
    Attributes pdf =
        SampleObjects.newStudy()
            .image(1)
            .remove(Tag.PixelData)
            .setString(Tag.SOPClassUID, UID.EncapsulatedPDFStorage)
            .setBytes(Tag.EncapsulatedDocument, VR.OB, "%PDF".getBytes(StandardCharsets.US_ASCII));
    stored(image);
    stored(pdf);
    String study = "/studies/" + image.getString(Tag.StudyInstanceUID, "");

    for (String path :
        List.of(
            study + "/thumbnail",
            instancePath(image) + "/frames/1/thumbnail",
            instancePath(pdf) + "/rendered")) {
      Answer first = get(path);
      assertThat(first.status()).as(path).isEqualTo(200);
      Answer second = get(path, "If-None-Match", "\"other\", " + first.header("ETag"));
      assertThat(second.status()).as(path).isEqualTo(304);
      assertThat(second.body()).isEmpty();
    }
    assertThat(get(study + "/thumbnail").response().headers().allValues("Vary")).contains("Accept");
  }
}
