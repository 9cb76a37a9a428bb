package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The indexes that searches use, and what they make of values. */
@IntegrationTest
class SearchIndexesTest {
  private static final List<Integer> INDEXED =
      List.of(
          Tag.PatientName,
          Tag.PatientID,
          Tag.PatientBirthDate,
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.AccessionNumber,
          Tag.StudyID,
          Tag.StudyDescription,
          Tag.ReferringPhysicianName,
          Tag.Modality,
          Tag.SeriesDate,
          Tag.SeriesDescription,
          Tag.PerformedProcedureStepStartDate);

  @Autowired IndexWriter writer;
  @Autowired JdbcClient jdbc;

  /** One value that an index can't take would hold up the whole queue. */
  @Test
  void givenVastValuesInEveryIndexedAttribute_whenIndexed_thenTheStudyIsThere() {
    String study = UID.generate();
    Attributes header = new Attributes().setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    // What can't be compressed, three bytes a character.
    String vast =
        new Random(6)
            .ints(5000, 0x4E00, 0x9FFF)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    INDEXED.forEach(tag -> header.setString(tag, VR.LO, vast));
    for (int sequence :
        List.of(
            Tag.OtherPatientIDsSequence,
            Tag.ProcedureCodeSequence,
            Tag.RequestAttributesSequence)) {
      for (int i = 0; i < 40; i++) {
        header
            .getSequence(sequence)
            .orElseGet(() -> header.newSequence(sequence))
            .addItem()
            .setString(Tag.CodeValue, VR.LO, vast);
      }
    }

    writer.index(List.of(Sample.of(study).header(header).build()));

    assertThat(
            jdbc.sql("select count(*) from series where study_uid = ?")
                .param(study)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "smith^john, smith, true",
    "smith^john, smyth, true",
    "smith^john, simth, true",
    "smith^john, smih, true",
    "smith^john, smithh, true",
    "smith^john, johns, true",
    "smith^john, smart, false",
    "smith^john, jo, false",
    "meier^ruth, mayer, true",
    "o'brien^pat, obrien, true",
    "lee^a, li, false",
    "wang^xiaodong=王^小东, wangxiaodong, true",
    "wang^xiaodong=王^小东, 东, true",
    "wang^xiaodong=王^小东, 冬, false",
    "иванов^иван, иваноф, true",
    "'', smith, false"
  })
  void givenTwoNames_thenTheyAreAlikeWhenTheirTokensOverlap(
      String name, String word, boolean alike) {
    assertThat(
            jdbc.sql("select name_tokens(?) && name_tokens(?)")
                .params(name, word)
                .query(Boolean.class)
                .single())
        .isEqualTo(alike);
  }

  @Test
  void givenAHostileName_thenItsTokensAreBounded() {
    String words = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz^".repeat(9);

    assertThat(
            jdbc.sql("select cardinality(name_tokens(?))")
                .param(words)
                .query(Integer.class)
                .single())
        .isLessThan(400);
  }
}
