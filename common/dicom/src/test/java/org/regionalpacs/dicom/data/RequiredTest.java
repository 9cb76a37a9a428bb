package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.InvalidAttributeException.Problem;

class RequiredTest {
  private final Attributes dataSet =
      new Attributes()
          .setString(Tag.PatientID, "P1")
          .setInt(Tag.Rows, 512)
          .setString(Tag.StudyDate, "20261122")
          .setString(Tag.SeriesDate, "yesterday")
          .setString(Tag.SliceThickness, "2.5")
          .setString(Tag.InstanceNumber, "3000000000")
          .setEmpty(Tag.StudyID);

  @Test
  void givenValues_whenRequired_thenTheyAreThere() {
    dataSet.newSequence(Tag.ProcedureCodeSequence).addItem().setString(Tag.CodeValue, "X1");
    Required required = dataSet.require();
    assertThat(required.string(Tag.PatientID)).isEqualTo("P1");
    assertThat(required.integer(Tag.Rows)).isEqualTo(512);
    assertThat(required.number(Tag.SliceThickness)).isEqualTo(2.5);
    assertThat(required.date(Tag.StudyDate)).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(required.item(Tag.ProcedureCodeSequence).getString(Tag.CodeValue)).contains("X1");
  }

  @Test
  void givenWhatIsNotThere_whenRequired_thenTheExceptionNamesTheAttributeAndTheReason() {
    Required required = dataSet.require();
    assertRefused(() -> required.string(Tag.PatientName), Tag.PatientName, Problem.MISSING);
    assertRefused(() -> required.string(Tag.StudyID), Tag.StudyID, Problem.EMPTY);
    assertRefused(() -> required.integer(Tag.PatientID), Tag.PatientID, Problem.WRONG_TYPE);
    assertRefused(
        () -> required.integer(Tag.SliceThickness), Tag.SliceThickness, Problem.WRONG_TYPE);
    assertRefused(
        () -> required.integer(Tag.InstanceNumber), Tag.InstanceNumber, Problem.WRONG_TYPE);
    assertRefused(() -> required.number(Tag.PatientID), Tag.PatientID, Problem.WRONG_TYPE);
    assertRefused(() -> required.date(Tag.SeriesDate), Tag.SeriesDate, Problem.WRONG_TYPE);
    assertRefused(() -> required.item(Tag.PatientID), Tag.PatientID, Problem.WRONG_TYPE);
    assertThatThrownBy(() -> required.integer(Tag.PatientID))
        .hasMessage("(0010,0020) PatientID is no integer of 32 bits");
  }

  private static void assertRefused(ThrowingCallable call, int tag, Problem problem) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidAttributeException.class,
            e -> {
              assertThat(e.tag()).isEqualTo(tag);
              assertThat(e.problem()).isEqualTo(problem);
            });
  }
}
