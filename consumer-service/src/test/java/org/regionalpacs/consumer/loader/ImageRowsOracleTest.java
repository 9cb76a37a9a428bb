package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.indexer.HeaderAttributes;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.messages.DicomImageMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.test.Testdata;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.WarehouseTable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every column of every sample is what pydicom says. */
class ImageRowsOracleTest {
  private static final MessageCodec<DicomImageMessage> CODEC =
      MessageCodec.of(DicomImageMessage.class);
  private static final int PIXELS = 0x7FE00008;
  private static final int FROM_HEADER = 11;

  /** DCMTK refuses the last two. */
  private static final List<String> IRREGULAR =
      List.of("broken", "charset", "DICOMDIR", "no_preamble", "GH364");

  @TempDir Path folder;

  @Test
  void givenEverySample_whenItsRowIsMade_thenEachColumnIsThatOfPydicom() throws Exception {
    List<Path> files = Testdata.dicomFiles().stream().filter(ImageRowsOracleTest::regular).toList();
    List<String> differences = new ArrayList<>();
    Map<String, Set<String>> seen = new HashMap<>();
    int compared = 0;
    for (JsonNode line : pydicom(files)) {
      if (!line.has("failure")) {
        Path file = Path.of(line.get("file").asString());
        compared += compare(file, line.get("columns"), differences, seen) ? 1 : 0;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(300);
    // Each column has values somewhere, of these kinds of images too.
    assertThat(seen.get("modality")).contains("CT", "MR", "CR", "DX", "US", "XA", "PT");
    assertThat(seen.get("frames")).hasSizeGreaterThan(3);
    assertThat(seen.keySet())
        .containsAll(
            columns().stream()
                .map(Column::name)
                .filter(name -> !Set.of("referring_department", "dap").contains(name))
                .toList());
  }

  /** Text that can't be decoded for sure, and what others can't read, says nothing here. */
  private static boolean regular(Path file) {
    String name = Testdata.folder().relativize(file).toString();
    return IRREGULAR.stream().noneMatch(name::contains);
  }

  private static List<Column> columns() {
    List<Column> columns = WarehouseTable.DICOM_IMAGE_META.columns();
    return columns.subList(FROM_HEADER, columns.size());
  }

  /** Whether it could be: some can't be read to their end, and pydicom goes on all the same. */
  private static boolean compare(
      Path file, JsonNode expected, List<String> differences, Map<String, Set<String>> seen)
      throws Exception {
    Row row;
    try {
      row = row(file);
    } catch (DicomFormatException e) {
      return false;
    }
    for (Column column : columns()) {
      Optional<Object> value = row.value(column.name()).filter(some -> !some.equals(""));
      Optional<Object> wanted = wanted(column, expected.get(column.name()));
      value.ifPresent(
          some -> seen.computeIfAbsent(column.name(), _ -> new HashSet<>()).add(some.toString()));
      if (!comparable(value).equals(comparable(wanted))) {
        differences.add(
            "%s %s: %s, not %s"
                .formatted(Testdata.folder().relativize(file), column.name(), value, wanted));
      }
    }
    return true;
  }

  private static Row row(Path file) throws Exception {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      Map<String, String> attributes = HeaderAttributes.of(in.readDataSetUntil(PIXELS));
      DicomImageMessage message =
          new DicomImageMessage(
              1,
              new UUID(1, 2),
              "t",
              "1",
              "1",
              "1",
              "1",
              "1",
              1,
              Instant.EPOCH,
              Instant.EPOCH,
              attributes);
      return new ImageRows().read(CODEC.encode(message));
    }
  }

  private static Optional<Object> wanted(Column column, JsonNode expected) {
    // Longer ones aren't told.
    if (expected.isNull() || expected.asString().isEmpty() || expected.asString().length() > 256) {
      return Optional.empty();
    }
    String text = expected.asString();
    return Optional.of(
        switch (column.type()) {
          case TEXT -> text.substring(0, Math.min(text.length(), column.length()));
          case INT -> Integer.valueOf(text);
          case LONG -> Long.valueOf(text);
          case DECIMAL -> new BigDecimal(text);
          case DAY -> LocalDate.parse(text);
          case MOMENT -> Instant.parse(text);
        });
  }

  private static Optional<Object> comparable(Optional<Object> value) {
    return value.map(
        some -> some instanceof BigDecimal number ? number.stripTrailingZeros() : some);
  }

  private List<JsonNode> pydicom(List<Path> files) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python)
            && new ProcessBuilder(python.toString(), "-c", "import pydicom").start().waitFor() == 0,
        "skipped: python3-pydicom is not installed");
    Path list = Files.write(folder.resolve("files"), files.stream().map(Path::toString).toList());
    Process process =
        new ProcessBuilder(python.toString(), "src/test/python/columns.py")
            .redirectInput(list.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] printed = process.getInputStream().readAllBytes();
    return new String(printed, StandardCharsets.UTF_8)
        .lines()
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }
}
