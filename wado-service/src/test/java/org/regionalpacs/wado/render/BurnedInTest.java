package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.display.VoiFunction;
import org.regionalpacs.codec.display.Window;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** PS3.18 8.3.5.1.1. */
class BurnedInTest {
  private static final Attributes HEADER =
      new Attributes()
          .setString(Tag.SpecificCharacterSet, "ISO_IR 192")
          .setString(Tag.PatientName, "Zhuge^Liang=诸葛^亮")
          .setString(Tag.PatientID, "P1")
          .setString(Tag.PatientBirthDate, "19700102")
          .setString(Tag.PatientSex, "M")
          .setString(Tag.InstitutionName, "x".repeat(64) + "y")
          .setString(Tag.Modality, "CT")
          .setString(Tag.StudyDate, "20260102")
          .setInt(Tag.InstanceNumber, 7)
          .setDouble(Tag.KVP, 120)
          .setDouble(Tag.WindowCenter, 40)
          .setDouble(Tag.WindowWidth, 400);

  private static BurnedIn of(Optional<Window> window, Annotation first, Annotation... more) {
    return BurnedIn.of(
        HEADER, new RenderParameters(Optional.empty(), window, 85, EnumSet.of(first, more)));
  }

  @Test
  void givenThePatient_thenNameIdAndBirth() {
    BurnedIn text = of(Optional.empty(), Annotation.PATIENT);

    assertThat(text.patient()).containsExactly("Zhuge Liang  诸葛 亮", "ID P1", "Born 19700102  M");
    assertThat(text.technique()).isEmpty();
  }

  @Test
  void givenTheTechnique_thenHowTheImageWasMadeAndIsShown() {
    BurnedIn text = of(Optional.empty(), Annotation.TECHNIQUE);

    assertThat(text.patient()).isEmpty();
    assertThat(text.technique())
        .containsExactly("x".repeat(64), "CT  20260102", "Image 7", "120 kV", "C 40 W 400");
    Window window = new Window(-600, 1500.5, VoiFunction.LINEAR);
    assertThat(of(Optional.of(window), Annotation.TECHNIQUE).technique())
        .contains("C -600 W 1500.5");
  }
}
