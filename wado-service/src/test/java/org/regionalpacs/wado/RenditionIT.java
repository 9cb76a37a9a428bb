package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Objects that are held in several encodings: which one is served, and what if it is gone. */
class RenditionIT extends WadoIT {
  private static final String LOSSLESS = UID.RLELossless;
  private static final String LOSSY = UID.JPEGBaseline8Bit;

  @Autowired Renditions renditions;
  @Autowired BlobStore archive;
  @Autowired MeterRegistry meters;

  private final Map<String, Path> files = new HashMap<>();
  private final SampleObjects sample = SampleObjects.newStudy();
  private final Attributes whole = flat(sample.image(1));
  private final Attributes lost = flat(SampleObjects.newStudy().image(1));
  private final Attributes undecoded = flat(SampleObjects.newStudy().image(1));
  private byte[] frame;

  @BeforeAll
  void storeSome() throws IOException {
    Attributes helper = flat(SampleObjects.newStudy().image(1));
    put(part10(helper));
    frame = get(instancePath(helper) + "/frames/1", "Accept", "image/dicom-rle").body();
    for (Attributes object : List.of(whole, lost)) {
      StorageMessage message = put(part10(object));
      add(message, RenditionKind.LOSSLESS, LOSSLESS, part10(coded(object, frame), LOSSLESS));
      Attributes other = coded(object, new byte[100]).setString(Tag.SOPInstanceUID, "1.2.840.1");
      add(message, RenditionKind.PREVIEW, LOSSY, part10(other, LOSSY));
    }
    for (Path rendition : List.of(files.get(key(lost, LOSSLESS)), files.get(key(lost, LOSSY)))) {
      Files.delete(rendition);
    }
    StorageMessage message = put(part10(coded(undecoded, new byte[64]), UID.JPEG2000MC));
    add(message, RenditionKind.LOSSLESS, LOSSLESS, part10(coded(undecoded, frame), LOSSLESS));
  }

  /** Of which the rendition is much smaller. */
  private static Attributes flat(Attributes image) {
    int pixels = image.getInt(Tag.Rows, 0) * image.getInt(Tag.Columns, 0);
    return image.setBytes(Tag.PixelData, VR.OW, new byte[2 * pixels]);
  }

  private StorageMessage put(byte[] file) {
    assertThat(store("/dicom-web/studies", file).status()).isEqualTo(200);
    return indexer.index(1).getFirst();
  }

  private static String key(Attributes object, String syntax) {
    return object.getString(Tag.StudyInstanceUID, "") + syntax;
  }

  /** The same with a codestream. */
  private static Attributes coded(Attributes object, byte[] codestream) {
    Fragments fragments = new Fragments();
    fragments.addAll(
        List.of(new byte[0], Arrays.copyOf(codestream, codestream.length + codestream.length % 2)));
    return copy(object).set(Tag.PixelData, VR.OB, fragments);
  }

  private static Attributes copy(Attributes object) {
    try (var in = DicomInputStream.ofPart10(new ByteArrayInputStream(part10(object)))) {
      return in.readDataSet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(StorageMessage message, RenditionKind kind, String syntax, byte[] file)
      throws IOException {
    ReceptionKey key =
        new ReceptionKey(
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId());
    UUID id = ReceptionId.next();
    String name = "renditions/" + id;
    archive.putBytes(name, file, file.length);
    ObjectLocation place = new ObjectLocation(archive.name(), "", name, 0, file.length);
    Rendition rendition =
        new Rendition(
            id,
            kind,
            "test",
            kind == RenditionKind.LOSSLESS ? message.sopInstance() : "1.2.840.1",
            syntax,
            "00".repeat(32),
            file.length,
            file.length - dataSet(file).length,
            List.of(place));
    assertThat(renditions.end(key, rendition, Optional.empty(), false))
        .isEqualTo(Renditions.Ending.RECORDED);
    files.put(message.study() + syntax, derived().resolveSibling("archive").resolve(name));
  }

  @ParameterizedTest(name = "8.7.3 an object, {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                       | 1.2.840.10008.1.2.5
          application/dicom; transfer-syntax=*                      | 1.2.840.10008.1.2.5
          application/dicom                                         | 1.2.840.10008.1.2.1
          application/dicom; transfer-syntax=1.2.840.10008.1.2.1    | 1.2.840.10008.1.2.1
          application/dicom; transfer-syntax=1.2.840.10008.1.2.5    | 1.2.840.10008.1.2.5
          application/dicom; transfer-syntax=1.2.840.10008.1.2.4.50 | 1.2.840.10008.1.2.4.50
          """)
  void givenEncodings_thenTheBestOneIsSentAsItIs(String accept, String syntax) throws IOException {
    Answer answer = get(instancePath(whole), "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    boolean parts = accept.equals("*/*");
    String type = parts ? answer.parts().getFirst().contentType() : answer.header("Content-Type");
    assertThat(type).isEqualTo("application/dicom; transfer-syntax=" + syntax);
    byte[] file = parts ? answer.parts().getFirst().body() : answer.body();
    byte[] expected =
        syntax.equals(UID.ExplicitVRLittleEndian)
            ? part10(whole)
            : Files.readAllBytes(files.get(key(whole, syntax)));
    assertThat(dataSet(file)).isEqualTo(dataSet(expected));
    if (syntax.equals(LOSSLESS)) {
      await().until(() -> servedFromRenditions("WADO-RS instance") > 0);
    }
  }

  @Test
  void givenASeries_thenTheSameHoldsOfItsObjects() throws IOException {
    String series = "/studies/" + sample.studyUid() + "/series/" + sample.seriesUid();

    Answer any =
        get(series, "Accept", "multipart/related; type=application/dicom; transfer-syntax=*");
    assertThat(any.parts().getFirst().contentType()).endsWith(LOSSLESS);
    assertThat(dataSet(any.parts().getFirst().body()))
        .isEqualTo(dataSet(Files.readAllBytes(files.get(key(whole, LOSSLESS)))));
    Answer plain = get(series, "Accept", "multipart/related; type=application/dicom");
    assertThat(plain.header("Content-Length")).isNotEmpty();
    assertThat(plain.parts().getFirst().contentType()).endsWith(UID.ExplicitVRLittleEndian);
  }

  @ParameterizedTest(name = "8.7.3.3 a frame, {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/octet-stream; transfer-syntax=*        | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.5
          image/*                                            | image/dicom-rle; transfer-syntax=1.2.840.10008.1.2.5
          application/octet-stream                           | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1
          image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50 | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50
          image/jpeg                                         | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70
          """)
  void givenEncodings_thenFramesAreOfTheBestOne(String accept, String type) {
    Answer answer = get(instancePath(whole) + "/frames/1", "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    if (type.endsWith(LOSSLESS)) {
      assertThat(Arrays.copyOf(answer.body(), frame.length)).isEqualTo(frame);
      await().until(() -> servedFromRenditions("WADO-RS frames") > 0);
    }
  }

  private long servedFromRenditions(String operation) {
    return meters
        .find("pacs.dicomweb.requests")
        .tags("operation", operation, "source", "rendition", "outcome", "done")
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  @Test
  void givenItsRenditionsAreGone_thenTheOriginalIsSent() throws IOException {
    String path = instancePath(lost);
    Answer object = get(path, "Accept", "application/dicom; transfer-syntax=*");
    assertThat(object.status()).isEqualTo(200);
    assertThat(object.header("Content-Type")).endsWith(UID.ExplicitVRLittleEndian);
    assertThat(dataSet(object.body())).isEqualTo(dataSet(part10(lost)));
    Answer series = get(path.replaceFirst("/instances.*", ""));
    assertThat(series.parts().getFirst().contentType()).endsWith(UID.ExplicitVRLittleEndian);
    Answer pixels =
        get(path + "/frames/1", "Accept", "application/octet-stream; transfer-syntax=*");
    assertThat(pixels.status()).isEqualTo(200);
    assertThat(pixels.body()).isEqualTo(lost.getBytes(Tag.PixelData).orElseThrow());
    Answer preview = get(path, "Accept", "application/dicom; transfer-syntax=" + LOSSY);
    assertThat(preview.status()).isEqualTo(406);
    assertThat(get(path + "/rendered").status()).isEqualTo(200);
  }

  @Test
  void givenTheOriginalHasNoDecoder_thenSamplesAreThoseOfTheRendition() throws IOException {
    String path = instancePath(undecoded);

    Answer picture = get(path + "/rendered?accept=image/png");
    assertThat(picture.status()).isEqualTo(200);
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth())
        .isEqualTo(SampleObjects.SIZE);
    assertThat(get(path + "/thumbnail").status()).isEqualTo(200);
    Answer plain = get(path, "Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
    assertThat(plain.status()).isEqualTo(200);
    Answer pixels = get(path + "/frames/1", "Accept", "application/octet-stream");
    assertThat(pixels.body()).isEqualTo(undecoded.getBytes(Tag.PixelData).orElseThrow());
    Answer original =
        get(path + "/frames/1", "Accept", "image/jpx; transfer-syntax=" + UID.JPEG2000MC);
    assertThat(original.body()).hasSize(64);
  }

  @Timeout(180)
  @ParameterizedTest(name = "PS3.5 A.4 fragments in {0}")
  @ValueSource(
      strings = {
        UID.ImplicitVRLittleEndian,
        UID.ExplicitVRLittleEndian,
        UID.ExplicitVRBigEndian,
        UID.DeflatedExplicitVRLittleEndian
      })
  void givenFragmentsInANativeSyntax_thenThereAreNoFrames(String syntax) {
    Attributes object = flat(SampleObjects.newStudy().image(1));
    put(part10(coded(object, frame), syntax));
    String path = instancePath(object);

    for (String accept :
        List.of("*/*", "application/octet-stream", "image/dicom-rle", "image/jpeg")) {
      assertThat(get(path + "/frames/1", "Accept", accept).status()).as(accept).isEqualTo(404);
    }
    assertThat(get(path + "/rendered").status()).isEqualTo(406);
    assertThat(get(path + "/metadata").status()).isEqualTo(200);
    String wanted = "application/dicom; transfer-syntax=" + LOSSLESS;
    assertThat(get(path, "Accept", wanted).status()).isEqualTo(406);
  }

  @Timeout(180)
  @Test
  void givenARenditionWithFragmentsInANativeSyntax_thenTheOriginalIsSent() throws IOException {
    Attributes object = flat(SampleObjects.newStudy().image(1));
    StorageMessage message = put(part10(object));
    byte[] mislabelled = part10(coded(object, frame), UID.ImplicitVRLittleEndian);
    add(message, RenditionKind.LOSSLESS, LOSSLESS, mislabelled);

    Answer answer =
        get(
            instancePath(object) + "/frames/1",
            "Accept",
            "application/octet-stream; transfer-syntax=*");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(object.getBytes(Tag.PixelData).orElseThrow());
  }

  @Test
  void givenARenditionThatIsCorrupt_thenFramesAreMadeOfTheOriginal() throws IOException {
    Attributes object = flat(SampleObjects.newStudy().image(1));
    StorageMessage message = put(part10(coded(object, frame), LOSSLESS));
    byte[] corrupt = part10(coded(object, new byte[100]), UID.JPEGLossless);
    add(message, RenditionKind.LOSSLESS, UID.JPEGLossless, corrupt);
    assertThat(corrupt.length).isLessThan((int) message.fileSize());

    String path = instancePath(object) + "/frames/1";
    Answer alone = get(path, "Accept", "application/octet-stream");
    Answer part = get(path, "Accept", "multipart/related; type=\"application/octet-stream\"");

    assertThat(alone.status()).as(new String(alone.body())).isEqualTo(200);
    assertThat(alone.body()).isEqualTo(object.getBytes(Tag.PixelData).orElseThrow());
    assertThat(part.parts()).hasSize(1);
    assertThat(part.parts().getFirst().body()).isEqualTo(alone.body());
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void givenAFrameBeyondTheEnd_thenItIsNoFaultOfTheRendition(CapturedOutput log) {
    String accept = "application/octet-stream; transfer-syntax=*";
    assertThat(get(instancePath(lost) + "/frames/1", "Accept", accept).status()).isEqualTo(200);
    Answer beyond = get(instancePath(whole) + "/frames/2", "Accept", accept);

    assertThat(beyond.status()).isEqualTo(404);
    assertThat(beyond.json().get("detail").asString()).contains("There is no frame 2");
    assertThat(log.getOut())
        .contains("instance " + lost.getString(Tag.SOPInstanceUID, "") + " of tenant")
        .doesNotContain("instance " + whole.getString(Tag.SOPInstanceUID, "") + " of tenant");
  }
}
