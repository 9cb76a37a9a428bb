package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.json.BulkDataUris;
import org.regionalpacs.dicom.json.DicomJsonWriter;
import org.regionalpacs.dicom.xml.NativeModelReader;
import org.regionalpacs.dicom.xml.NativeModelWriter;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Metadata in JSON and XML with bulk data beside it (PS3.18 10.5.1.4), also from bad clients. */
@TestPropertySource(
    properties = {
      "pacs.store.max-parts=5",
      "pacs.store.max-part=200KB",
      "pacs.store.max-metadata=100KB",
      "pacs.store.max-data-set=50KB"
    })
class StoreMetadataIT extends WadoIT {
  private static final String STUDIES = "/dicom-web/studies";
  private static final String JSON = "application/dicom+json";
  private static final String XML = "application/dicom+xml";
  private static final String OCTETS = "application/octet-stream";

  private final SampleObjects sample = SampleObjects.newStudy();

  /** A part to send; without a location it has no such header. */
  private record Piece(String type, String location, byte[] bytes) {
    static Piece json(String text) {
      return new Piece(JSON, "", text.getBytes(StandardCharsets.UTF_8));
    }

    static Piece bulk(String type, byte[] bytes) {
      return new Piece(type, "bulk/7FE00010", bytes);
    }
  }

  @Test
  void givenTwoObjectsInOneArray_whenBulkDataComesFirst_thenBothAreStored() {
    Attributes first = sample.image(1);
    Attributes second = sample.image(2);
    byte[] pixels = first.getBytes(Tag.PixelData).orElseThrow();

    Answer answer =
        store(
            JSON,
            Piece.bulk(OCTETS, pixels),
            Piece.json("[" + json(first) + ", " + json(second) + "]"));

    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    assertThat(answer.json().at("/00081190/Value/0").asString())
        .isEqualTo(BASE_URL + "/studies/" + sample.studyUid());
    List<StorageMessage> stored = indexer.index(2);
    assertThat(stored)
        .extracting(StorageMessage::transferSyntax)
        .containsOnly(UID.ExplicitVRLittleEndian);
    assertThat(read(stored.get(1)).getBytes(Tag.PixelData)).contains(pixels);
  }

  @Test
  void givenAnAbsoluteReference_whenThePartsLocationIsRelative_thenTheyMeet() {
    String url = BASE_URL + "/studies/" + sample.studyUid() + "/bulk/7FE00010";
    String json = json(sample.image(1)).replace("bulk/7FE00010", url);

    Answer answer =
        storeAt(
            STUDIES + "/" + sample.studyUid(),
            JSON,
            Piece.json(json),
            Piece.bulk(OCTETS, new byte[512]));

    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    indexer.index(1);
  }

  @Test
  void givenXml_whenXmlIsAccepted_thenTheAnswerIsXmlToo() throws IOException {
    Attributes image = sample.image(1);
    Answer answer =
        send(
            "POST",
            STUDIES,
            BodyPublishers.ofByteArray(
                body(
                    new Piece(XML, "", xml(image)),
                    Piece.bulk(OCTETS, image.getBytes(Tag.PixelData).orElseThrow()))),
            "Content-Type",
            "multipart/related; type=\"" + XML + "\"; boundary=b",
            "Accept",
            XML);

    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(XML);
    Attributes module =
        new NativeModelReader((into, tag, vr, uri) -> {})
            .read(new ByteArrayInputStream(answer.body()));
    Attributes item = module.getItem(Tag.ReferencedSOPSequence).orElseThrow();
    assertThat(item.getString(Tag.RetrieveURL)).contains(BASE_URL + instancePath(image));
    assertThat(read(indexer.index(1).getFirst()).getString(Tag.PatientName))
        .isEqualTo(image.getString(Tag.PatientName));
  }

  @Test
  void givenJpegWithoutImagePixelDescription_thenItIsTakenFromTheCodestream() {
    Attributes image = sample.image(1);
    for (int tag :
        List.of(
            Tag.Rows,
            Tag.Columns,
            Tag.BitsAllocated,
            Tag.BitsStored,
            Tag.HighBit,
            Tag.SamplesPerPixel,
            Tag.PhotometricInterpretation,
            Tag.PixelRepresentation)) {
      image.remove(tag);
    }

    Answer answer =
        store(JSON, Piece.json(json(image)), Piece.bulk("image/jpeg", jpeg(0xC0, 300, 200)));

    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    StorageMessage stored = indexer.index(1).getFirst();
    assertThat(stored.transferSyntax()).isEqualTo(UID.JPEGBaseline8Bit);
    Attributes made = read(stored);
    assertThat(made.getInt(Tag.Rows, 0)).isEqualTo(300);
    assertThat(made.getInt(Tag.Columns, 0)).isEqualTo(200);
    assertThat(made.getInt(Tag.BitsAllocated, 0)).isEqualTo(8);
    assertThat(made.getInt(Tag.HighBit, 0)).isEqualTo(7);
    assertThat(made.getString(Tag.PhotometricInterpretation)).contains("MONOCHROME2");
  }

  @Test
  void givenSeveralPartsOfOneLocation_whenTheyAreCompressed_thenEachIsAFrame() {
    Attributes image = sample.image(1).setString(Tag.NumberOfFrames, "2");
    byte[] frame = jpeg(0xC0, 16, 16);

    Answer answer =
        store(
            JSON,
            Piece.json(json(image)),
            Piece.bulk("image/jpeg", frame),
            Piece.bulk("image/jpeg", frame));

    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    var element = read(indexer.index(1).getFirst()).element(Tag.PixelData).orElseThrow();
    assertThat(element.value())
        .isInstanceOfSatisfying(Fragments.class, items -> assertThat(items).hasSize(3));
  }

  /** Fails with one reason, and what was wrong is said. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no bulk data                        | C001 | image/none                | not in the request
          pixels of a type that isn't one     | C122 | image/png                 | image/png
          a transfer syntax of another type   | C122 | image/jpeg; transfer-syntax=1.2.840.10008.1.2.5 | isn't of the transfer syntax
          baseline that says it is lossless   | C122 | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70 | isn't of the transfer syntax
          big endian                          | C122 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.2 | transfer syntax
          no codestream                       | C000 | image/jp2                 | no JPEG 2000 codestream
          """)
  void givenBulkDataThatDoesNotFit_thenTheObjectFailsByName(
      String name, String reason, String type, String comment) {
    Attributes image = sample.image(1);
    Piece metadata = Piece.json(json(image));
    Answer answer =
        type.equals("image/none")
            ? store(JSON, metadata)
            : store(JSON, metadata, Piece.bulk(type, jpeg(0xC0, 16, 16)));

    assertThat(answer.status()).as(text(answer)).isEqualTo(409);
    assertThat(answer.json().at("/00081198/Value")).hasSize(1);
    assertThat(answer.json().at("/00081198/Value/0/00081155/Value/0").asString())
        .isEqualTo(image.getString(Tag.SOPInstanceUID, ""));
    assertThat(answer.json().at("/00081198/Value/0/00081197/Value/0").asInt())
        .isEqualTo(Integer.parseInt(reason, 16));
    assertThat(answer.header("Warning")).contains(comment);
  }

  /** The bad object stands before a good one, which is stored all the same. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nested too deep       | DEEP                                            | nests deeper
          an element twice      | {"00100010":{"vr":"PN"},"00100010":{"vr":"PN"}} | stands twice
          no tag                | {"../../etc":{"vr":"PN"}}                       | no tag
          a VR that isn't one   | {"00100010":{"vr":"ZZ"}}                        | VR
          values of two kinds   | {"7FE00010":{"vr":"OB","InlineBinary":"AAAA","BulkDataURI":"x"}} | more than one
          no JSON               | {"00100010":}                                   | no JSON
          a path for a UID      | {"00080018":{"vr":"UI","Value":["../../../etc/passwd"]},"0020000D":{"vr":"UI","Value":["1.2"]},"0020000E":{"vr":"UI","Value":["1.3"]}} | not a valid UID
          no UID at all         | {"00080060":{"vr":"CS","Value":["CT"]}}         | no SOPInstanceUID
          nothing at all        | {}                                              | empty
          """)
  void givenAHostileObject_thenItFailsAloneAndWithoutAName(
      String name, String json, String comment) {
    String hostile = json.equals("DEEP") ? deep(70) : json;
    Attributes good = sample.image(1).remove(Tag.PixelData);

    Answer answer = store(JSON, Piece.json("[" + hostile + "," + json(good) + "]"));

    assertThat(answer.status()).as(text(answer)).isEqualTo(202);
    assertThat(answer.json().at("/00081199/Value")).hasSize(1);
    assertThat(answer.json().at("/0008119A/Value")).hasSize(1);
    assertThat(answer.header("Warning")).contains(comment);
    assertThat(text(answer)).doesNotContain("passwd");
    indexer.index(1);
  }

  @Test
  void givenAnObjectThatIsNoDataSet_whenItNamesItself_thenItFailsByName() {
    String json =
        """
        {"00080016":{"vr":"UI","Value":["1.2.3"]},
         "00080018":{"vr":"UI","Value":["1.2.3.4"]},
         "00100010":{"vr":"PN","Value":[7,{}
        """;
    Answer answer = store(JSON, Piece.json("[" + json + "]}]}}]"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().at("/00081198/Value/0/00081155/Value/0").asString())
        .isEqualTo("1.2.3.4");
    assertThat(answer.json().at("/00081198/Value/0/00081150/Value/0").asString())
        .isEqualTo("1.2.3");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          an external entity  | <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><NativeDicomModel>&e;</NativeDicomModel>
          a billion laughs    | <!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><NativeDicomModel>&b;</NativeDicomModel>
          another root        | <html/>
          an end too early    | <NativeDicomModel>
          """)
  void givenHostileXml_thenItFailsAlone(String name, String xml) throws IOException {
    Attributes good = sample.image(1).remove(Tag.PixelData);
    Answer answer =
        store(
            XML,
            new Piece(XML, "", xml.getBytes(StandardCharsets.UTF_8)),
            new Piece(XML, "", xml(good)));

    assertThat(answer.status()).as(text(answer)).isEqualTo(202);
    assertThat(answer.json().at("/0008119A/Value")).hasSize(1);
    assertThat(answer.header("Warning")).startsWith("299 ").contains("metadata: ");
    indexer.index(1);
  }

  @Test
  void givenBulkDataThatNobodyRefersTo_orWithoutLocation_thenEachIsAnOtherFailure() {
    Attributes image = sample.image(1).remove(Tag.PixelData);
    Answer answer =
        store(
            JSON,
            Piece.json(json(image)),
            Piece.bulk(OCTETS, new byte[4]),
            new Piece(OCTETS, "", new byte[4]));

    assertThat(answer.status()).as(text(answer)).isEqualTo(202);
    assertThat(answer.json().at("/00081199/Value")).hasSize(1);
    assertThat(answer.json().at("/0008119A/Value")).hasSize(2);
    assertThat(answer.json().at("/0008119A/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC001);
    indexer.index(1);
  }

  @Test
  void givenBulkDataInBase64_thenItIsNotTakenForWhatItIsNot() {
    Answer answer =
        store(
            JSON,
            Piece.json(json(sample.image(1))),
            Piece.bulk(OCTETS + "\r\nContent-Transfer-Encoding: base64", new byte[512]));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().at("/0008119A/Value")).hasSize(1);
    assertThat(answer.json().at("/00081198/Value")).hasSize(1);
    assertThat(answer.header("Warning")).contains("sent as it is");
  }

  @Test
  void givenACompressedBody_then415() {
    Answer answer =
        send(
            "POST",
            STUDIES,
            BodyPublishers.ofByteArray(new byte[4]),
            "Content-Type",
            "application/dicom",
            "Content-Encoding",
            "gzip");

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.json().at("/detail").asString()).contains("Content-Encoding");
  }

  @Test
  void givenTheStudyOfThePath_whenMetadataNamesAnother_thenItFailsByName() {
    Answer answer =
        storeAt(STUDIES + "/1.2.3", JSON, Piece.json(json(sample.image(1).remove(Tag.PixelData))));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC409);
  }

  @Test
  void givenABodyThatBreaksOff_thenNothingIsStoredAndNothingStays() throws IOException {
    byte[] whole = body(Piece.json(json(sample.image(1))), Piece.bulk(OCTETS, new byte[512]));
    Answer answer =
        send(
            "POST",
            STUDIES,
            BodyPublishers.ofByteArray(Arrays.copyOf(whole, whole.length - 100)),
            "Content-Type",
            "multipart/related; type=\"" + JSON + "\"; boundary=b");

    assertThat(answer.status()).isEqualTo(400);
    try (Stream<Path> files = Files.walk(online.root().resolve(".tmp"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  /** Of 5 parts, 200 KB a part, 100 KB of metadata and 50 KB for one object. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          too many objects in one part   | metadata | has more than 5 objects
          too many parts                 | parts    | has more than 5 parts
          a part that is too long        | bulk     | longer than 204800 bytes
          metadata that is too long      | text     | longer than 102400 bytes
          an object that is too long     | inline   | send long values as bulk data
          a Part 10 that is too long     | part10   | longer than 204800 bytes
          a body that says how long it is | announced | longer than 204800 bytes
          """)
  void givenMoreThanIsTaken_then413(String name, String what, String comment) {
    String small = json(sample.image(1).remove(Tag.PixelData));
    Answer answer =
        switch (what) {
          case "metadata" ->
              store(JSON, Piece.json("[" + String.join(",", small, "{},{},{},{},{}") + "]"));
          case "parts" -> {
            Piece[] pieces = new Piece[6];
            Arrays.fill(pieces, Piece.bulk(OCTETS, new byte[2]));
            yield store(JSON, pieces);
          }
          case "bulk" -> store(JSON, Piece.bulk(OCTETS, new byte[205_000]));
          case "text" -> store(JSON, Piece.json(" ".repeat(103_000)));
          case "inline" -> store(JSON, Piece.json("[{" + " ".repeat(60_000) + "}]"));
          case "part10" -> store("application/dicom", large());
          default ->
              send(
                  "POST",
                  STUDIES,
                  BodyPublishers.ofByteArray(large().bytes()),
                  "Content-Type",
                  "application/dicom");
        };

    assertThat(answer.status()).as(text(answer)).isEqualTo(413);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().at("/detail").asString()).contains(comment);
  }

  @Test
  void givenAPartThatIsTooLong_whenOneWasStoredBefore_then413SaysWhichWas() {
    Attributes image = sample.image(1);
    Answer answer =
        store("application/dicom", new Piece("application/dicom", "", part10(image)), large());

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().at("/00081199/Value/0/00081155/Value/0").asString())
        .isEqualTo(image.getString(Tag.SOPInstanceUID, ""));
    assertThat(answer.header("Warning")).contains("longer than 204800 bytes");
    indexer.index(1);
  }

  private Piece large() {
    return new Piece(
        "application/dicom",
        "",
        part10(
            sample
                .image(1)
                .setBytes(Tag.PixelData, org.regionalpacs.dicom.data.VR.OW, new byte[300_000])));
  }

  private Answer store(String type, Piece... pieces) {
    return storeAt(STUDIES, type, pieces);
  }

  private Answer storeAt(String path, String type, Piece... pieces) {
    return send(
        "POST",
        path,
        BodyPublishers.ofByteArray(body(pieces)),
        "Content-Type",
        "multipart/related; type=\"" + type + "\"; boundary=b");
  }

  private static byte[] body(Piece... pieces) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Piece piece : pieces) {
      String location =
          piece.location().isEmpty() ? "" : "Content-Location: " + piece.location() + "\r\n";
      String head = "--b\r\nContent-Type: " + piece.type() + "\r\n" + location + "\r\n";
      body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(piece.bytes());
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private static String json(Attributes dataSet) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      new DicomJsonWriter(json, BulkDataUris.above(100, "bulk/")).writeDataSet(dataSet);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static byte[] xml(Attributes dataSet) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new NativeModelWriter(BulkDataUris.above(100, "bulk/")).write(dataSet, text);
    return text.toByteArray();
  }

  private static String deep(int levels) {
    return "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[".repeat(levels) + "{}" + "]}}".repeat(levels);
  }

  /** The header of a grey image of 8 bits, without a scan. */
  private static byte[] jpeg(int process, int rows, int columns) {
    byte[] header = {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) process,
      0,
      11,
      8,
      (byte) (rows >> 8),
      (byte) rows,
      (byte) (columns >> 8),
      (byte) columns,
      1,
      1,
      0x11,
      0,
      (byte) 0xFF,
      (byte) 0xDA,
      0,
      8,
      1,
      1,
      0,
      0,
      63,
      0,
      (byte) 0xFF,
      (byte) 0xD9,
      0
    };
    return header;
  }

  private Attributes read(StorageMessage object) {
    try (DicomInputStream in = DicomInputStream.ofFile(online.resolve(object.filePath()))) {
      return in.readDataSet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Answer answer) {
    return answer.response().headers().allValues("Warning")
        + new String(answer.body(), StandardCharsets.UTF_8);
  }
}
