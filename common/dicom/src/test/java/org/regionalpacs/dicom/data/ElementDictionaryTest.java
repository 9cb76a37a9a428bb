package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElementDictionaryTest {

  @Test
  void givenTags_whenLookedUp_thenTheStandardsEntriesAreFound() {
    assertThat(ElementDictionary.find(0x00100010).orElseThrow())
        .isEqualTo(
            new ElementDictionary.Entry(
                Tag.PatientName,
                java.util.List.of(VR.PN),
                "1",
                "PatientName",
                "Patient's Name",
                false));
    assertThat(ElementDictionary.tagForKeyword("StudyInstanceUID")).hasValue(0x0020000D);
    assertThat(ElementDictionary.tagForKeyword("NoSuchKeyword")).isEmpty();
    assertThat(ElementDictionary.keywordOf(0x00090010)).isEmpty();
  }

  @Test
  void givenTagsWithoutExplicitVr_whenLookedUp_thenImplicitRulesHold() {
    assertThat(ElementDictionary.vrOf(Tag.PixelData)).isEqualTo(VR.OW);
    assertThat(ElementDictionary.vrOf(Tag.SmallestImagePixelValue)).isEqualTo(VR.US);
    assertThat(ElementDictionary.vrOf(0x60020010)).as("a repeating group").isEqualTo(VR.US);
    assertThat(ElementDictionary.vrOf(0x00090010)).as("a private creator").isEqualTo(VR.LO);
    assertThat(ElementDictionary.vrOf(0x00091010)).as("a private element").isEqualTo(VR.UN);
    assertThat(ElementDictionary.vrOf(0x00280000)).as("a group length").isEqualTo(VR.UL);
    assertThat(ElementDictionary.vrOf(0x12345678)).isEqualTo(VR.UN);
  }

  @Test
  void givenTexts_whenTheyAreUids_thenTheyAreKnownAsSuch() {
    assertThat(UID.isValid(UID.generate())).isTrue();
    assertThat(UID.isValid("1.2.840.10008.1.2")).isTrue();
    assertThat(UID.isValid("0.0")).isTrue();
    assertThat(UID.isValid("1..2")).isFalse();
    assertThat(UID.isValid("1.02")).isFalse();
    assertThat(UID.isValid(".1")).isFalse();
    assertThat(UID.isValid("1.2.")).isFalse();
    assertThat(UID.isValid("../../etc")).isFalse();
    assertThat(UID.isValid("1." + "2".repeat(63))).isFalse();
    assertThat(UID.isValid("")).isFalse();
  }
}
