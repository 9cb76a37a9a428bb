package org.regionalpacs.wado.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.wado.web.BadParameterException;

class StudyFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | Smith, John | PatientName | Smith^John*",
        "name | 王 小东 | PatientName | 王^小东*",
        "name | * | PatientName | *",
        "id | 12?*3 | PatientID | 123*",
        "accession | A7 | AccessionNumber | A7*",
        "modality | ct | ModalitiesInStudy | CT",
        "from | 2026-01-31 | StudyDate | 20260131-",
        "to | 2026-01-31 | StudyDate | -20260131",
        "page | 3 | offset | 75"
      })
  void givenWhatWasTyped_thenItIsSearchedForByQido(
      String field, String typed, String key, String value) {
    StudyFilter filter = StudyFilter.of(Map.of(field, new String[] {typed}));

    assertThat(filter.search().get(key)).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource({"from, 31.1.2026", "to, yesterday", "page, -1", "page, 99999"})
  void givenWhatCannotBe_thenItIsSaid(String field, String typed) {
    assertThatThrownBy(() -> StudyFilter.of(Map.of(field, new String[] {typed})).search())
        .isInstanceOf(BadParameterException.class);
  }

  @Test
  void givenATextThatIsTooLong_thenItIsRefused() {
    String[] typed = {"x".repeat(65)};

    assertThatThrownBy(() -> StudyFilter.of(Map.of("name", typed)))
        .isInstanceOf(BadParameterException.class);
  }

  @Test
  void givenAnotherPage_thenItsAddressHasAllThatWasTyped() {
    StudyFilter filter =
        StudyFilter.of(Map.of("name", new String[] {"王&"}, "modality", new String[] {"CT"}));

    assertThat(filter.query(2)).isEqualTo("name=%E7%8E%8B%26&modality=CT&page=2");
  }
}
