package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.Python;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.io.DicomInputStream;

/** Names and texts of the sample files in all character sets, as pydicom decodes them. */
class CharsetAgreementTest {

  @Test
  void givenTheSamplesOfEveryCharacterSet_whenDecoded_thenPydicomHasTheSameText()
      throws IOException {
    List<Path> files =
        TestFiles.all().stream().filter(file -> file.toString().contains("charset")).toList();
    List<String> differences = new ArrayList<>();
    int compared = 0;
    int beyondAscii = 0;
    for (String line : Python.run("strings.py", files)) {
      String[] fields = line.split("\t", -1);
      Path file = Path.of(fields[0]);
      String ours = escaped(text(file, fields[1]));
      compared++;
      if (pydicomCannotRead(fields[2], ours)) {
        continue;
      }
      if (!normal(fields[2]).equals(normal(ours))) {
        differences.add(file.getFileName() + " " + fields[1] + " " + fields[2] + ": " + ours);
      }
      beyondAscii += ours.contains("\\u") || ours.contains("\\x") ? 1 : 0;
    }
    assertThat(differences).isEmpty();
    assertThat(compared).as("values").isGreaterThan(150);
    assertThat(beyondAscii).as("values with characters beyond ASCII").isGreaterThan(40);
  }

  /**
   * Where G1 has to be designated as GB2312 (ISO 2022 IR 58), pydicom keeps the escape sequence, or
   * reads its bytes as Latin-1; CharsetEncodingTest and this condition have the right text.
   */
  private static boolean pydicomCannotRead(String theirs, String ours) {
    return theirs.contains("\\x1b$)A") && theirs.replace("\\x1b$)A", "").equals(normal(ours))
        || theirs.contains("\\xb1\\xb1\\xbe\\xa9") && ours.equals(escaped("北京医院"))
        || theirs.contains("\\xd6\\xee\\xb8\\xf0") && ours.equals(escaped("Zhuge^Liang=诸葛^亮"));
  }

  /** Empty components at the end may be left out (PS3.5 6.2.1.2). */
  private static String normal(String text) {
    return text.replaceAll("[\\^= ]+(?=$|=|\\\\\\\\)", "");
  }

  private static String text(Path file, String path) throws IOException {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      Attributes at = in.readDataSet();
      String[] steps = path.split("/");
      for (int i = 0; i + 2 < steps.length; i += 2) {
        at = at.getSequence(tag(steps[i])).orElseThrow().get(Integer.parseInt(steps[i + 1]) - 1);
      }
      return at.joined(tag(steps[steps.length - 1]));
    }
  }

  private static int tag(String hex) {
    return Integer.parseUnsignedInt(hex, 16);
  }

  /** As Python's unicode_escape writes it. */
  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(c ->
            c == '\\'
                ? "\\\\"
                : c >= 0x20 && c < 0x7F
                    ? Character.toString(c)
                    : c > 0xFFFF
                        ? "\\U%08x".formatted(c)
                        : c > 0xFF ? "\\u%04x".formatted(c) : "\\x%02x".formatted(c))
        .collect(Collectors.joining());
  }
}
