package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which UIDs of strangers are kept, beyond what PS3.5 9.1 allows. */
class UsableUidTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"1", "1.2.840.10008", "1.02", "a-b_c.D", "0.0", "9-", "1._"})
  void givenAUidThatIsSeen_whenLookedAt_thenItIsUsable(String uid) {
    assertThat(UID.isUsable(uid)).isTrue();
    assertThat(UID.isUsable(uid + "1".repeat(128 - uid.length()))).isTrue();
    assertThat(UID.isUsable(uid + "1".repeat(129 - uid.length()))).isFalse();
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {"", ".", "..", ".1", "1.", "1..2", "-1", "_1", "1 ", "1/2", "1\n", "é", "1\u0661"})
  void givenWhatIsNoName_whenLookedAt_thenItIsNotUsable(String uid) {
    assertThat(UID.isUsable(uid)).isFalse();
  }
}
