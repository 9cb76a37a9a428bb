package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;

/** Real objects taken apart into metadata and bulk data, stored, and compared with themselves. */
class StoreSamplesIT extends WadoIT {
  private static final int PER_SYNTAX = 4;
  private static final Set<String> NATIVE =
      Set.of(
          UID.ExplicitVRLittleEndian,
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian);
  private static final long MAX_SIZE = 600_000;

  /** What is stored here are other versions of samples that other tests read. */
  private static final String APART = "/tenants/apart/dicom-web/studies";

  @TempDir Path dir;

  /** A part to send. */
  private record Piece(String contentType, String location, byte[] bytes) {}

  @Test
  void givenMetadataAndBulkDataOfPydicom_whenStored_thenPydicomReadsTheSameObject()
      throws IOException {
    List<Path> files = samples();
    Pydicom.split(dir, files);

    List<Path> pairs = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path folder = dir.resolve(Integer.toString(i));
      List<Piece> pieces = new ArrayList<>();
      for (String line : Files.readAllLines(folder.resolve("bulk.txt"))) {
        if (!line.isEmpty()) {
          String[] part = line.split("\t");
          pieces.add(new Piece(part[1], part[0], Files.readAllBytes(folder.resolve(part[2]))));
        }
      }
      byte[] metadata = Files.readAllBytes(folder.resolve("metadata.json"));
      pieces.addFirst(new Piece("application/dicom+json", "", metadata));
      Answer answer = store(APART, "application/dicom+json", pieces);
      assertThat(answer.status()).as(files.get(i) + " " + text(answer)).isEqualTo(200);
      pairs.add(files.get(i));
      pairs.add(stored());
    }

    assertThat(pairs).hasSizeGreaterThan(30);
    assertThat(Pydicom.compare(pairs)).isEmpty();
    dcmdumpReads(pairs);
  }

  @Test
  void givenOurOwnMetadataAndFrames_whenStoredForAnotherTenant_thenTheObjectIsTheSame()
      throws IOException {
    List<Path> pairs = new ArrayList<>();
    for (Path file : samples()) {
      Answer sent = store("/tenants/third/dicom-web/studies", Files.readAllBytes(file));
      assertThat(sent.status()).isEqualTo(200);
      StorageMessage object = indexer.index(1).getFirst();
      String path =
          "/studies/%s/series/%s/instances/%s"
              .formatted(object.study(), object.series(), object.sopInstance());
      Answer metadata = ofThird(path + "/metadata");
      List<Piece> pieces = new ArrayList<>();
      pieces.add(new Piece("application/dicom+json", "", metadata.body()));
      references(metadata.json(), path, pieces);

      Answer answer = store("/tenants/fourth/dicom-web/studies", "application/dicom+json", pieces);
      assertThat(answer.status()).as(file + " " + text(answer)).isEqualTo(200);
      pairs.add(file);
      pairs.add(stored());
    }

    assertThat(Pydicom.compare(pairs)).isEmpty();
  }

  /** DCMTK writes words inline in big endian, so these have none. */
  @ParameterizedTest
  @ValueSource(strings = {"rtplan.dcm", "reportsi.dcm", "test-SR.dcm"})
  void givenXmlOfDcmtk_whenStored_thenPydicomReadsTheSameObject(String name) {
    Path file = Testdata.path("pydicom/test_files/" + name);
    Path xml = dir.resolve("object.xml");
    assertThat(ExternalTool.named("dcm2xml").run("-nat", "+Eb", file, xml).code()).isZero();

    Answer answer = storeXml(xml);

    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    assertThat(Pydicom.compare(List.of(file, stored()))).isEmpty();
  }

  private Answer storeXml(Path xml) {
    try {
      return send(
          "POST",
          APART,
          BodyPublishers.ofFile(xml),
          "Content-Type",
          "application/dicom+xml",
          "Accept",
          "application/dicom+xml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fetches what metadata refers to: pixels frame by frame, as viewers do. */
  private void references(JsonNode node, String path, List<Piece> pieces) throws IOException {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String uri = member.getValue().path("BulkDataURI").asString("");
      if (uri.isEmpty()) {
        references(member.getValue(), path, pieces);
        continue;
      }
      String below = uri.substring(uri.indexOf("/studies/"));
      boolean pixels = below.matches(".*/bulk(data)?/7FE00010");
      String compressed = node.at("/00083002/Value/0").asString("");
      int frames = node.at("/00280008/Value/0").asInt(1);
      if (pixels && !compressed.isEmpty() && !NATIVE.contains(compressed)) {
        StringBuilder numbers = new StringBuilder("1");
        for (int i = 2; i <= frames; i++) {
          numbers.append(',').append(i);
        }
        Answer answer =
            ofThird(
                path + "/frames/" + numbers,
                "Accept",
                "multipart/related; type=\"*/*\"; transfer-syntax=*");
        for (ReceivedPart part : answer.parts()) {
          pieces.add(new Piece(part.contentType(), uri, part.body()));
        }
      } else {
        byte[] bytes = ofThird(below, "Accept", "application/octet-stream").body();
        pieces.add(new Piece("application/octet-stream", uri, bytes));
      }
    }
    if (node.isArray()) {
      for (JsonNode child : node) {
        references(child, path, pieces);
      }
    }
  }

  private Answer ofThird(String path, String... headers) {
    return send("GET", "/tenants/third/dicom-web" + path, BodyPublishers.noBody(), headers);
  }

  private Path stored() {
    return online.resolve(indexer.index(1).getFirst().filePath());
  }

  private static void dcmdumpReads(List<Path> files) {
    ExternalTool dcmdump = ExternalTool.named("dcmdump");
    for (Path file : files) {
      assertThat(dcmdump.run("-q", file).code()).as(file.toString()).isZero();
    }
  }

  private Answer store(String path, String type, List<Piece> pieces) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Piece piece : pieces) {
      String head = "--b\r\nContent-Type: " + piece.contentType() + "\r\n";
      String location =
          piece.location().isEmpty() ? "" : "Content-Location: " + piece.location() + "\r\n";
      body.write((head + location + "\r\n").getBytes(StandardCharsets.US_ASCII));
      body.write(piece.bytes());
      body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.write("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
    return send(
        "POST",
        path,
        BodyPublishers.ofByteArray(body.toByteArray()),
        "Content-Type",
        "multipart/related; type=\"" + type + "\"; boundary=b");
  }

  private static String text(Answer answer) {
    return answer.response().headers().allValues("Warning")
        + new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** A few of each transfer syntax, of different SOP classes where there are. */
  private static List<Path> samples() throws IOException {
    Map<String, List<Path>> bySyntax = new LinkedHashMap<>();
    Map<String, Boolean> seen = new LinkedHashMap<>();
    for (Path file : Testdata.dicomFiles()) {
      if (Files.size(file) > MAX_SIZE || file.toString().contains("synthetic")) {
        continue;
      }
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        in.bulkDataThreshold(1024).strict();
        Attributes header = in.readDataSet();
        String key =
            in.transferSyntax()
                + header.getString(Tag.SOPClassUID, "")
                + header.joined(Tag.SpecificCharacterSet);
        boolean whole =
            UID.isValid(header.getString(Tag.SOPInstanceUID, ""))
                && UID.isValid(header.getString(Tag.StudyInstanceUID, ""))
                && UID.isValid(header.getString(Tag.SeriesInstanceUID, ""));
        List<Path> chosen = bySyntax.computeIfAbsent(in.transferSyntax(), _ -> new ArrayList<>());
        if (whole && chosen.size() < PER_SYNTAX && seen.putIfAbsent(key, true) == null) {
          chosen.add(file);
        }
      } catch (IOException broken) {
        // Of such there are tests elsewhere.
      }
    }
    return bySyntax.values().stream().flatMap(List::stream).toList();
  }
}
