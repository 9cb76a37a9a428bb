package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;

class RenderIT extends WadoIT {
  private static final int SIZE = 32;
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,"
          + "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";
  private static final byte[] PDF = "%PDF-1.4 of an odd length".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VIDEO = video();

  private final SampleObjects sample = SampleObjects.newStudy();
  private final Attributes one = grey(sample, 1, 1);
  private final Attributes two = grey(sample, 2, 1);
  private final Attributes three = grey(sample, 3, 1).remove(Tag.PixelData);
  private final Attributes undecoded = grey(sample.newSeries(), 9, 1);
  private final Attributes multiFrame = grey(SampleObjects.newStudy(), 1, 3);
  private final Attributes jpegXl = grey(SampleObjects.newStudy(), 1, 1);
  private final Attributes pdf = SampleObjects.newStudy().image(1);
  private final Attributes cda = SampleObjects.newStudy().image(1);
  private final Attributes movie = grey(SampleObjects.newStudy(), 1, 50);
  private final Attributes broken = grey(SampleObjects.newStudy(), 1, 1);

  private static byte[] video() {
    byte[] video = new byte[5000];
    for (int i = 0; i < video.length; i++) {
      video[i] = (byte) (i * 31);
    }
    return video;
  }

  /** Frames whose pixels grow by one from column to column, beginning with the frame's number. */
  private static Attributes grey(SampleObjects study, int number, int frames) {
    byte[] pixels = new byte[frames * SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / (SIZE * SIZE) + 1 + i % SIZE);
    }
    Attributes image =
        study
            .image(number)
            .setInt(Tag.Rows, SIZE)
            .setInt(Tag.Columns, SIZE)
            .setInt(Tag.BitsAllocated, 8)
            .setInt(Tag.BitsStored, 8)
            .setInt(Tag.HighBit, 7)
            .setInt(Tag.RescaleIntercept, 0)
            .setBytes(Tag.PixelData, VR.OB, pixels);
    return frames == 1 ? image : image.setInt(Tag.NumberOfFrames, frames);
  }

  private static Fragments fragments(byte[]... parts) {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.addAll(Arrays.asList(parts));
    return fragments;
  }

  @BeforeAll
  void store() {
    pdf.setString(Tag.SOPClassUID, UID.EncapsulatedPDFStorage)
        .remove(Tag.PixelData)
        .setBytes(Tag.EncapsulatedDocument, VR.OB, Arrays.copyOf(PDF, PDF.length + 1))
        .setInt(Tag.EncapsulatedDocumentLength, PDF.length)
        .setString(Tag.MIMETypeOfEncapsulatedDocument, "application/pdf");
    cda.setString(Tag.SOPClassUID, UID.EncapsulatedCDAStorage)
        .remove(Tag.PixelData)
        .setBytes(Tag.EncapsulatedDocument, VR.OB, "<a></a> ".getBytes(StandardCharsets.US_ASCII));
    undecoded.set(Tag.PixelData, VR.OB, fragments(new byte[100]));
    jpegXl.set(Tag.PixelData, VR.OB, fragments(new byte[100]));
    broken.set(Tag.PixelData, VR.OB, fragments(new byte[100]));
    movie.set(
        Tag.PixelData,
        VR.OB,
        fragments(Arrays.copyOf(VIDEO, 2000), Arrays.copyOfRange(VIDEO, 2000, 5000)));
    List<byte[]> objects =
        List.of(
            part10(one),
            part10(two),
            part10(three),
            part10(multiFrame),
            part10(undecoded, UID.JPEGXLLossless),
            part10(jpegXl, UID.JPEGXLLossless),
            part10(pdf),
            part10(cda),
            part10(movie, UID.MPEG4HP41),
            part10(broken, UID.RLELossless));
    assertThat(store("/dicom-web/studies", objects.toArray(byte[][]::new)).status()).isEqualTo(200);
    indexer.index(objects.size());
  }

  private static BufferedImage picture(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static int[] row(byte[] png) throws IOException {
    BufferedImage picture = picture(png);
    return picture.getRaster().getSamples(0, 5, picture.getWidth(), 1, 0, (int[]) null);
  }

  private static int frames(byte[] gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
    return reader.getNumImages(true);
  }

  private String seriesPath() {
    return "/studies/" + sample.studyUid() + "/series/" + sample.seriesUid();
  }

  @ParameterizedTest(name = "8.7.4: Accept {0}, accept={1}: {2}")
  @CsvSource({
    "*/*, '', image/jpeg",
    "image/png, '', image/png",
    "image/gif, '', image/gif",
    "*/*, image%2Fjpeg, image/jpeg",
    "*/*, %22image%2Fpng%22, image/png",
    "image/png, image/gif, image/gif"
  })
  void givenAnImage_thenItIsRenderedAsAccepted(String accept, String parameter, String type)
      throws IOException {
    String query = parameter.isEmpty() ? "" : "?accept=" + parameter;
    Answer answer = get(instancePath(one) + "/rendered" + query, "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
    assertThat(picture(answer.body()).getWidth()).isEqualTo(SIZE);
  }

  @Test
  void givenAWindow_thenTheLevelsAreThoseOfItsFunction() throws IOException {
    Answer plain = get(instancePath(one) + "/rendered?accept=image/png");
    Answer window = get(instancePath(one) + "/rendered?accept=image/png&window=10.5,11,linear");

    assertThat(row(plain.body())[0]).isZero();
    assertThat(row(plain.body())[SIZE - 1]).isEqualTo(255);
    // PS3.3 C.11.2.1.2.1: from 5 to 15.
    assertThat(row(window.body())).startsWith(0, 0, 0, 0, 0, 25, 51, 77).endsWith(255, 255, 255);
  }

  @Test
  void givenAViewportWithARegion_thenOnlyThatIsShown() throws IOException {
    Answer answer =
        get(
            instancePath(one)
                + "/rendered?accept=image/png&window=16.5,33,linear&viewport=4,10,8,0,-4,10");

    assertThat(picture(answer.body()).getHeight()).isEqualTo(10);
    int[] row = row(answer.body());
    assertThat(row).hasSize(4).isSortedAccordingTo((a, b) -> b - a);
  }

  @Test
  void givenQuality_thenTheJpegIsSmallerOrLarger() {
    Answer low = get(instancePath(one) + "/rendered?quality=5");
    Answer high = get(instancePath(one) + "/rendered?quality=100");

    assertThat(low.body().length).isLessThan(high.body().length);
  }

  @Test
  void givenAnnotation_thenItIsBurnedIn() throws IOException {
    String annotated = instancePath(one) + "/rendered?annotation=patient";
    assumeTrue(get(annotated).status() != 503, "no fonts here");
    String path = instancePath(one) + "/rendered?accept=image/png&viewport=256,256";
    BufferedImage plain = picture(get(path).body());
    BufferedImage patient = picture(get(path + "&annotation=patient").body());
    BufferedImage both = picture(get(path + "&annotation=patient,technique").body());

    assertThat(different(plain, patient, 0, 128)).isGreaterThan(100);
    assertThat(different(plain, patient, 128, 256)).isZero();
    assertThat(different(patient, both, 128, 256)).isGreaterThan(100);
  }

  private static int different(BufferedImage a, BufferedImage b, int from, int to) {
    int count = 0;
    for (int y = from; y < to; y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        count += a.getRaster().getSample(x, y, 0) != b.getRaster().getSample(x, y, 0) ? 1 : 0;
      }
    }
    return count;
  }

  @ParameterizedTest(name = "8.3.5.1: {0}")
  @ValueSource(
      strings = {
        "viewport=0,0",
        "viewport=99999,99999",
        "viewport=10,10,40,0",
        "window=1",
        "window=1,0,linear",
        "quality=101",
        "annotation=doctor"
      })
  void givenABadParameter_then400NamesIt(String parameter) {
    Answer answer = get(instancePath(one) + "/rendered?" + parameter);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString())
        .isEqualTo(parameter.substring(0, parameter.indexOf('=')));
  }

  @Test
  void givenAMultiFrameImage_thenOneStandsForAllOrItMovesOrEachIsAPart() throws IOException {
    String path = instancePath(multiFrame) + "/rendered";
    Answer single = get(path, "Accept", "*/*");
    Answer moving = get(path, "Accept", "image/gif");
    Answer parts = get(path, "Accept", "multipart/related; type=\"image/png\"");

    assertThat(single.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(moving.header("Content-Type")).isEqualTo("image/gif");
    assertThat(frames(moving.body())).isEqualTo(3);
    assertThat(new String(moving.body(), StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0");
    List<ReceivedPart> gif = get(path, "Accept", "multipart/related; type=image/gif").parts();
    assertThat(gif).hasSize(1);
    assertThat(frames(gif.getFirst().body())).isEqualTo(3);
    assertThat(parts.header("Content-Type")).startsWith("multipart/related; type=\"image/png\"");
    assertThat(parts.parts()).hasSize(3);
    assertThat(row(parts.parts().getFirst().body())).isEqualTo(row(parts.parts().getLast().body()));
  }

  @Test
  void givenFrames_thenThoseAreRendered() throws IOException {
    String path = instancePath(multiFrame) + "/frames/";
    String window = "?window=128,256,linear-exact&accept=";
    Answer second = get(path + "2/rendered" + window + "image/png");
    Answer several = get(path + "3,1/rendered" + window + "multipart/related;type=image/png");

    assertThat(row(second.body())[0]).isEqualTo(2);
    assertThat(several.parts()).hasSize(2);
    assertThat(row(several.parts().get(0).body())[0]).isEqualTo(3);
    assertThat(row(several.parts().get(1).body())[0]).isEqualTo(1);
    assertThat(frames(get(path + "3,1/rendered?accept=image/gif").body())).isEqualTo(2);
    Answer gifs = get(path + "3,1/rendered" + window + "multipart/related;type=image/gif");
    assertThat(gifs.parts()).hasSize(2).allMatch(part -> part.contentType().equals("image/gif"));
    assertThat(row(gifs.parts().get(0).body())[0]).isEqualTo(3);
    assertThat(row(gifs.parts().get(1).body())[0]).isEqualTo(1);
    assertThat(frames(gifs.parts().get(0).body())).isEqualTo(1);
    assertThat(get(path + "4/rendered").status()).isEqualTo(404);
    assertThat(get(path + "1,4/rendered").status()).isEqualTo(404);
    assertThat(get(path + "0/rendered").status()).isEqualTo(400);
    assertThat(get(path + "1,2/rendered", "Accept", "image/jpeg").status()).isEqualTo(406);
  }

  @Test
  void givenAStudyOrASeries_thenItsImagesAreParts() throws IOException {
    for (String path : List.of("/studies/" + sample.studyUid(), seriesPath())) {
      Answer parts = get(path + "/rendered");
      assertThat(parts.header("Content-Type")).startsWith("multipart/related; type=\"image/jpeg\"");
      assertThat(parts.parts()).hasSize(2).allMatch(p -> p.contentType().equals("image/jpeg"));
      assertThat(frames(get(path + "/rendered", "Accept", "image/gif").body())).isEqualTo(2);
      assertThat(get(path + "/rendered", "Accept", "image/jpeg").status()).isEqualTo(406);
    }
    assertThat(get("/studies/" + sample.studyUid() + "/rendered").header("Warning"))
        .startsWith("299 " + BASE_URL + ": 1 instances are left out");
    assertThat(get(seriesPath() + "/rendered").header("Warning")).isEmpty();
  }

  @Test
  void givenAnyLevel_thenThereIsAThumbnail() throws IOException {
    List<String> paths = new ArrayList<>(List.of("/studies/" + sample.studyUid(), seriesPath()));
    for (Attributes image : List.of(one, multiFrame)) {
      paths.add(instancePath(image));
      paths.add(instancePath(image) + "/frames/1");
    }
    for (String path : paths) {
      Answer answer = get(path + "/thumbnail?accept=image%2Fjpeg");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
      assertThat(picture(answer.body()).getWidth()).isEqualTo(200);
      Answer small = get(path + "/thumbnail?viewport=16,99", "Accept", "image/png");
      assertThat(picture(small.body()).getHeight()).isEqualTo(16);
    }
    assertThat(get(instancePath(multiFrame) + "/frames/1,2/thumbnail").status()).isEqualTo(400);
    assertThat(get(seriesPath() + "/thumbnail?viewport=9,9,1,1").status()).isEqualTo(400);
    assertThat(get(seriesPath() + "/thumbnail", "Accept", "video/mp4").status()).isEqualTo(406);
  }

  @Test
  void givenAPdf_thenItGoesOutAsItIs() {
    for (String accept : List.of(BROWSER, "application/pdf", "*/*")) {
      Answer answer = get(instancePath(pdf) + "/rendered", "Accept", accept);
      assertThat(answer.header("Content-Type")).isEqualTo("application/pdf");
      assertThat(answer.body()).isEqualTo(PDF);
    }
    Answer part = get(instancePath(pdf) + "/rendered", "Range", "bytes=5-7");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("1.4".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void givenADocumentOfXml_thenABrowserRunsNothingInIt() {
    Answer answer = get(instancePath(cda) + "/rendered", "Accept", BROWSER);

    assertThat(answer.header("Content-Type")).startsWith("text/xml");
    assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo("<a></a> ");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @ParameterizedTest(name = "RFC 9110 14: {0}")
  @CsvSource({
    "bytes=0-, 0, 5000",
    "bytes=0-1, 0, 2",
    "bytes=1990-2009, 1990, 2010",
    "bytes=4000-9999, 4000, 5000",
    "bytes=-10, 4990, 5000"
  })
  void givenAVideo_thenRangesOfItGoOut(String range, int from, int to) {
    Answer answer = get(instancePath(movie) + "/rendered", "Range", range);

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Type")).isEqualTo("video/mp4");
    assertThat(answer.header("Content-Range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/5000");
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(VIDEO, from, to));
  }

  @Test
  void givenAVideo_thenItIsSentWholeToWhoeverAsksSoAndHasNoPictures() {
    assertThat(get(instancePath(movie) + "/rendered").body()).isEqualTo(VIDEO);
    assertThat(get(instancePath(movie) + "/rendered", "Range", "bytes=5000-").status())
        .isEqualTo(416);
    assertThat(get(instancePath(movie) + "/thumbnail").status()).isEqualTo(406);
    assertThat(get(instancePath(movie) + "/bulkdata/7FE00010", "Range", "bytes=1999-2000").body())
        .isEqualTo(Arrays.copyOfRange(VIDEO, 1999, 2001));
  }

  @Test
  void givenWhatCanNotBeRendered_then406SaysWhyAndWhatThereIs() {
    for (String suffix : List.of("/rendered", "/thumbnail", "/frames/1/rendered")) {
      Answer answer = get(instancePath(jpegXl) + suffix);
      assertThat(answer.status()).isEqualTo(406);
      assertThat(answer.json().get("detail").asString()).contains("transfer syntax");
      assertThat(answer.json().get("available").toString()).contains("application/dicom");
      assertThat(get(instancePath(three) + suffix).status()).isEqualTo(406);
      Answer corrupt = get(instancePath(broken) + suffix);
      assertThat(corrupt.status()).isEqualTo(406);
      assertThat(corrupt.json().get("detail").asString()).contains("RLE");
    }
  }

  @Test
  void givenLosslessJpeg_thenItIsRendered() throws IOException {
    Path file = Testdata.path("pydicom/test_files/SC_rgb_jpeg_gdcm.dcm");
    assertThat(store("/dicom-web/studies", Files.readAllBytes(file)).status()).isEqualTo(200);
    indexer.index(1);
    String path;
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      path = instancePath(in.readDataSetUntil(Tag.PixelData));
    }
    Answer answer = get(path + "/rendered?accept=image/png");

    assertThat(answer.status()).isEqualTo(200);
    // Bars of ten lines, the first one red, the fifth one blue.
    assertThat(picture(answer.body()).getRGB(5, 5)).isEqualTo(0xFFFF0000);
    assertThat(picture(answer.body()).getRGB(5, 45)).isEqualTo(0xFF0000FF);
  }

  @Test
  void givenThePictureIsKnown_thenItIsNotMadeAgain() {
    String path = instancePath(one) + "/rendered";
    String etag = get(path).header("ETag");

    assertThat(get(path, "If-None-Match", etag).status()).isEqualTo(304);
    assertThat(get(path + "?quality=10", "If-None-Match", etag).status()).isEqualTo(200);
  }

  @Test
  void givenUnknownUids_then404() {
    assertThat(get("/studies/1.2.3/rendered").status()).isEqualTo(404);
    assertThat(get("/studies/1.2.3/thumbnail").status()).isEqualTo(404);
    assertThat(get(seriesPath() + "/instances/1.2/rendered").status()).isEqualTo(404);
  }
}
