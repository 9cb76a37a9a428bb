package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.ValueMultiplicity.Violation;

class ValueMultiplicityTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0 1",
    "1-3, 0 1 2 3",
    "2, 0 2",
    "2-n, 0 2 3 4 5 6 7",
    "3-3n, 0 3 6",
    "2-2n, 0 2 4 6",
    "1-n, 0 1 2 3 4 5 6 7"
  })
  void givenEachForm_whenCounted_thenOnlyTheseAreAllowed(String form, String allowed) {
    ValueMultiplicity vm = ValueMultiplicity.parse(form);
    assertThat(IntStream.range(0, 8).filter(vm::allows))
        .containsExactly(
            java.util.Arrays.stream(allowed.split(" "))
                .map(Integer::valueOf)
                .toArray(Integer[]::new));
  }

  @Test
  void givenNoForm_whenParsed_thenThatIsRefused() {
    assertThatThrownBy(() -> ValueMultiplicity.parse("many"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenTooManyOrTooFewValues_whenChecked_thenEachIsNamedAlsoInItems() {
    Attributes dataSet =
        new Attributes()
            .setString(Tag.PatientID, "A", "B")
            .setDouble(Tag.PixelSpacing, 0.5, 0.5)
            .setString(Tag.StudyDescription, "one")
            .setString(0x0029_1010, VR.LO, "private", "has any");
    dataSet
        .newSequence(Tag.ProcedureCodeSequence)
        .addItem()
        .setDouble(Tag.ImagePositionPatient, 1.0, 2.0)
        .setInt(Tag.Rows, VR.US, 1, 2);
    assertThat(ValueMultiplicity.violations(dataSet))
        .containsExactlyInAnyOrder(
            new Violation(Tag.PatientID, 2, "1"),
            new Violation(Tag.ImagePositionPatient, 2, "3"),
            new Violation(Tag.Rows, 2, "1"));
  }
}
