package org.regionalpacs.codec.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/**
 * Every frame of every test object with pixel data decodes to what other programs make of it, or
 * {@link Reasons} says why not. {@code decoding.md} lists all; after a change copy it from {@code
 * target}.
 */
class DecodingTableTest {
  private static final String HEAD =
      """
      # Every test object with pixel data

      Written and checked by `DecodingTableTest`: all frames of each file, sample by sample, against what the oracle decodes of
      it. `*.raw` and `*.dcm` are the pixels before they were encoded. Lossy samples are compared with what the oracle makes of the same codestream.

      | file | transfer syntax | frames | oracle | outcome |
      |---|---|---:|---|---|
      """;

  @TempDir Path folder;

  @Test
  void givenEverySample_thenItsOutcomeIsThatOfTheTable() throws IOException {
    Oracle.PROGRAMS.forEach(ExternalTool::named);
    for (Availability library : ForeignCodecs.availability()) {
      assumeTrue(library.usable(), library.detail());
    }
    List<Row> rows =
        Testdata.dicomFiles().parallelStream()
            .map(file -> Row.of(file, folder))
            .flatMap(Optional::stream)
            .toList();
    StringBuilder table = new StringBuilder(HEAD);
    List<Row> unexplained = new ArrayList<>();
    for (Row row : rows) {
      Optional<String> reason = Reasons.of(row.file());
      if (row.isExact() == reason.isPresent()) {
        unexplained.add(row);
      }
      table.append(row.markdown(reason.orElse(""))).append('\n');
    }
    Path written = Testdata.repository().resolve("common/codec/target/decoding.md");
    Files.writeString(written, table);

    assertThat(unexplained).as("not exact without a reason, or exact with one").isEmpty();
    assertThat(Testdata.repository().resolve("common/codec/decoding.md"))
        .as("copy %s", written)
        .hasContent(table.toString());
  }
}
