package org.regionalpacs.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.dicom.io.Recoder;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our reading of every sample file against DCMTK's, value by value. */
class DcmtkAgreementTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path folder;

  @BeforeEach
  void needsDcmtk() {
    TestFiles.assumeInstalled("dcm2json");
    TestFiles.assumeInstalled("dcmodify");
  }

  @Test
  void givenEverySample_whenReadByBoth_thenEveryValueAgrees() throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : TestFiles.all()) {
      Attributes dataSet;
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        dataSet = in.readDataSet();
      } catch (IOException e) {
        continue;
      }
      Optional<JsonNode> theirs = DcmtkJson.read(withoutCompressedPixels(file, dataSet));
      if (theirs.isPresent()) {
        List<String> found = new ArrayList<>();
        DcmtkJson.compare(json(dataSet), theirs.get(), "", found);
        found.forEach(each -> differences.add(TestFiles.root().relativize(file) + " " + each));
        compared++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).as("files that DCMTK reads as well").isGreaterThan(420);
  }

  /** dcm2json refuses compressed pixel data; all else can be compared without it. */
  private Path withoutCompressedPixels(Path file, Attributes dataSet) throws IOException {
    if (!(dataSet.element(Tag.PixelData).map(e -> e.value()).orElse("") instanceof Fragments)) {
      return file;
    }
    dataSet.remove(Tag.PixelData);
    Path copy = folder.resolve("copy.dcm");
    Files.write(copy, Files.readAllBytes(file));
    TestFiles.run(List.of("dcmodify", "-nb", "-ea", "(7fe0,0010)", copy.toString()));
    return copy;
  }

  @Test
  void givenNativeSamples_whenRecodedToExplicitLittleEndian_thenDcmtkReadsTheSameValues()
      throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : TestFiles.all()) {
      Path recoded = folder.resolve("recoded.dcm");
      try (var out = Files.newOutputStream(recoded);
          DicomInputStream in = DicomInputStream.ofFile(file)) {
        if (in.transferSyntax().equals(UID.ExplicitVRLittleEndian)
            || !Recoder.canRecode(in.transferSyntax())) {
          continue;
        }
        Recoder.toExplicitLittleEndian(ByteSource.of(file), out);
      } catch (IOException e) {
        continue;
      }
      Optional<JsonNode> theirs = DcmtkJson.read(file);
      if (theirs.isPresent()) {
        List<String> found = new ArrayList<>();
        JsonNode ours = DcmtkJson.read(recoded).orElseThrow();
        DcmtkJson.compare(ours, theirs.get(), "", found);
        found.forEach(each -> differences.add(TestFiles.root().relativize(file) + " " + each));
        compared++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(40);
  }

  @Test
  void givenEverySample_whenRewrittenInEachNativeSyntax_thenNothingIsLost() throws IOException {
    List<String> differences = new ArrayList<>();
    for (Path file : TestFiles.all()) {
      Attributes dataSet;
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        dataSet = in.readDataSet();
      } catch (IOException e) {
        continue;
      }
      if (dataSet.element(Tag.PixelData).map(e -> e.value()).orElse("") instanceof Fragments) {
        dataSet.remove(Tag.PixelData);
      }
      String before = comparable(json(dataSet));
      for (String syntax :
          List.of(
              UID.ExplicitVRLittleEndian,
              UID.ExplicitVRBigEndian,
              UID.DeflatedExplicitVRLittleEndian)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomOutputStream.writeFile(
            FileMeta.of(UID.CTImageStorage, UID.generate(), syntax), dataSet, out);
        try (DicomInputStream in = DicomInputStream.of(ByteSource.of(out.toByteArray()))) {
          if (!comparable(json(in.readDataSet())).equals(before)) {
            differences.add(TestFiles.root().relativize(file) + " as " + syntax);
          }
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  /** Odd values are filled up when written (PS3.5 7.1.1); their bytes are compared elsewhere. */
  private static String comparable(JsonNode json) {
    return json.toString().replaceAll("\"InlineBinary\":\"[^\"]*\"", "");
  }

  private static JsonNode json(Attributes dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = MAPPER.createGenerator(out)) {
      new DicomJsonWriter(generator, BulkDataUris.NONE).writeDataSet(dataSet);
    }
    return MAPPER.readTree(out.toByteArray());
  }
}
