package org.regionalpacs.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.security.CharsetProperties;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the metadata of every file of the test data with DCMTK's opinion. */
class DcmtkJsonTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Files that the two read differently, and why. */
  private static final Map<String, String> OTHERWISE_READ =
      Map.of(
          "pydicom/dicomdirtests/DICOMDIR-nooffset.dcm",
          "ends within an element: we add the UIDs from the index");

  private static final byte[] ENCAPSULATED_PIXEL_DATA = {
    (byte) 0xE0, 0x7F, 0x10, 0x00, 'O', 'B', 0, 0, -1, -1, -1, -1
  };

  @TempDir Path folder;

  @Test
  void everyFileDcmtkCanTellOf_isToldAlike() throws IOException {
    ExternalTool dcm2json = ExternalTool.named("dcm2json");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : Testdata.dicomFiles()) {
      String name = Testdata.folder().relativize(file).toString();
      if (OTHERWISE_READ.containsKey(name)) {
        continue;
      }
      Optional<JsonNode> theirs = theirs(dcm2json, file);
      if (theirs.isPresent()) {
        compared++;
        JsonComparison comparison = new JsonComparison();
        comparison.compare("", ours(file), theirs.get());
        comparison.differences().forEach(difference -> differences.add(name + ": " + difference));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(350);
  }

  private Optional<JsonNode> theirs(ExternalTool dcm2json, Path file) throws IOException {
    Path input = withoutEncapsulatedPixelData(file);
    Path output = folder.resolve("theirs.json");
    Files.deleteIfExists(output);
    ExternalTool.Outcome outcome = dcm2json.run("-q", "-ee", "-fc", input, output);
    if (outcome.code() != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(new String(Files.readAllBytes(output), UTF_8)));
    } catch (JacksonException e) {
      // DCMTK writes some control characters and infinities in a way that no JSON is.
      return Optional.empty();
    }
  }

  /**
   * DCMTK refuses to tell of encapsulated pixel data; they end the file, so they can be cut off.
   */
  private Path withoutEncapsulatedPixelData(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int at = bytes.length - ENCAPSULATED_PIXEL_DATA.length; at > 0; at--) {
      if (startsAt(bytes, at)) {
        return Files.write(folder.resolve("cut.dcm"), Arrays.copyOf(bytes, at));
      }
    }
    return file;
  }

  private static boolean startsAt(byte[] bytes, int at) {
    return Arrays.equals(
        bytes,
        at,
        at + ENCAPSULATED_PIXEL_DATA.length,
        ENCAPSULATED_PIXEL_DATA,
        0,
        ENCAPSULATED_PIXEL_DATA.length);
  }

  private static JsonNode ours(Path file) throws IOException {
    String syntax;
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      syntax = in.transferSyntax();
    }
    InstanceObject instance =
        new InstanceObject(
            "default",
            "1",
            "2",
            "3",
            new UUID(0, 0),
            "4",
            syntax,
            Files.size(file),
            0,
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of());
    InstanceText text =
        new InstanceTextReader(
                (_, _) -> ByteSource.of(file), new TenantCharsets(new CharsetProperties(List.of())))
            .read(instance, "http://here/dicom-web");
    return MAPPER.readTree(text.json());
  }
}
