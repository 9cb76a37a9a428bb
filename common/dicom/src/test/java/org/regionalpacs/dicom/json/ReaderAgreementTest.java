package org.regionalpacs.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.json.Agreement.Verdict;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares every value of every sample with DCMTK, and writes the README's table to {@code
 * target/reader-agreement.md}.
 */
class ReaderAgreementTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path folder;

  @Test
  void givenEverySample_whenDcmtkReadsItToo_thenTheValuesAreTheSame() throws Exception {
    assumeTrue(Boolean.getBoolean("pacs.agreement"), "skipped: -Dpacs.agreement=true runs it");
    TestFiles.assumeInstalled("dcm2json");
    Agreement agreement = new Agreement();
    for (Path file : TestFiles.all()) {
      Optional<Attributes> ours = read(file);
      agreement.add(
          kind(file),
          TestFiles.root().relativize(file).toString(),
          ours.isPresent(),
          dcmtk(ours, file));
    }
    Files.writeString(Path.of("target/reader-agreement.md"), agreement.table());
    assertThat(agreement.disagreements()).isEmpty();
  }

  private static String kind(Path file) {
    String path = TestFiles.root().relativize(file).toString();
    if (path.contains("synthetic/broken/")) {
      return "broken on purpose";
    }
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return switch (in.transferSyntax()) {
        case "1.2.840.10008.1.2" -> "Implicit VR Little Endian";
        case "1.2.840.10008.1.2.1" -> "Explicit VR Little Endian";
        case "1.2.840.10008.1.2.2" -> "Explicit VR Big Endian";
        case "1.2.840.10008.1.2.1.99" -> "Deflated";
        default ->
            in.transferSyntax().startsWith("1.2.840.10008.1.2.")
                ? "compressed"
                : "other transfer syntaxes";
      };
    } catch (IOException e) {
      return "no DICOM";
    }
  }

  private static Optional<Attributes> read(Path file) {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return Optional.of(in.readDataSet());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Verdict dcmtk(Optional<Attributes> ours, Path file) throws IOException {
    Path comparable = file;
    if (ours.isPresent() && isCompressed(ours.get())) {
      // dcm2json refuses compressed pixel data; all else can be compared without it.
      ours.get().remove(Tag.PixelData);
      comparable = folder.resolve("copy.dcm");
      Files.write(comparable, Files.readAllBytes(file));
      TestFiles.run(List.of("dcmodify", "-nb", "-ea", "(7fe0,0010)", comparable.toString()));
    }
    Optional<JsonNode> theirs = DcmtkJson.read(comparable);
    if (theirs.isEmpty()) {
      return Verdict.REFUSED;
    }
    List<String> differences = new ArrayList<>(List.of("we refuse it"));
    if (ours.isPresent()) {
      differences.clear();
      DcmtkJson.compare(json(ours.get()), theirs.get(), "", differences);
    }
    return differences.isEmpty() ? Verdict.SAME : Verdict.OTHER;
  }

  private static boolean isCompressed(Attributes dataSet) {
    return dataSet.element(Tag.PixelData).filter(e -> e.value() instanceof Fragments).isPresent();
  }

  private static JsonNode json(Attributes dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = MAPPER.createGenerator(out)) {
      new DicomJsonWriter(generator, BulkDataUris.NONE).writeDataSet(dataSet);
    }
    return MAPPER.readTree(out.toByteArray());
  }
}
