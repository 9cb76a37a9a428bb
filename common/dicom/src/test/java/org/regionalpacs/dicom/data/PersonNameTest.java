package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersonNameTest {

  @Test
  void givenThreeGroups_whenParsed_thenEachHasItsComponents() {
    PersonName name = PersonName.parse("Yamada^Tarou^^Dr=山田^太郎=やまだ^たろう");
    assertThat(name.alphabetic()).isEqualTo(new PersonName.Group("Yamada", "Tarou", "", "Dr", ""));
    assertThat(name.ideographic().familyName()).isEqualTo("山田");
    assertThat(name.phonetic().givenName()).isEqualTo("たろう");
    assertThat(name).hasToString("Yamada^Tarou^^Dr=山田^太郎=やまだ^たろう");
  }

  @Test
  void givenEmptyParts_whenParsed_thenTrailingDelimitersAreGone() {
    assertThat(PersonName.parse("Doe^^^^==")).hasToString("Doe");
    assertThat(PersonName.parse("=王^小东")).hasToString("=王^小东");
    assertThat(PersonName.parse("^^^^").isEmpty()).isTrue();
    assertThat(PersonName.parse("A^B^C^D^E^F=G=H=I")).hasToString("A^B^C^D^E=G=H");
  }
}
