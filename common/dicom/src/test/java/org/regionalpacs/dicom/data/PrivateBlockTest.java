package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PrivateBlockTest {
  private final Attributes dataSet = new Attributes();

  @Test
  void givenNoBlockOfACreator_whenReserved_thenItGetsTheFirstFreeOneAndKeepsIt() {
    PrivateBlock acme = PrivateBlock.reserve(dataSet, 0x0029, "ACME 1");
    dataSet.setString(acme.tag(0x2A), VR.LO, "secret sauce");
    PrivateBlock other = PrivateBlock.reserve(dataSet, 0x0029, "OTHER");

    assertThat(acme.tag(0x2A)).isEqualTo(0x0029_102A);
    assertThat(dataSet.getString(0x0029_0010)).contains("ACME 1");
    assertThat(other.creatorTag()).isEqualTo(0x0029_0011);
    assertThat(PrivateBlock.reserve(dataSet, 0x0029, "ACME 1")).isEqualTo(acme);
    assertThat(PrivateBlock.find(dataSet, 0x0029, "OTHER")).contains(other);
    assertThat(PrivateBlock.find(dataSet, 0x0029, "NOBODY")).isEmpty();
    assertThat(PrivateBlock.creatorOf(dataSet, 0x0029_102A)).contains("ACME 1");
    assertThat(PrivateBlock.creatorOf(dataSet, 0x0029_302A)).isEmpty();
    assertThat(PrivateBlock.creatorOf(dataSet, Tag.PatientID)).isEmpty();
  }

  @Test
  void givenElementsWithoutCreator_whenABlockIsReserved_thenTheirsIsNotTaken() {
    dataSet.setString(0x0029_1042, VR.LO, "orphan");
    assertThat(PrivateBlock.reserve(dataSet, 0x0029, "ACME 1").block()).isEqualTo(0x11);
  }

  @Test
  void givenAnItem_whenItNamesNoCreator_thenTheDataSetsDoesNotCount() {
    PrivateBlock.reserve(dataSet, 0x0029, "ACME 1");
    Attributes item = dataSet.newSequence(Tag.ProcedureCodeSequence).addItem();
    assertThat(PrivateBlock.find(item, 0x0029, "ACME 1")).isEmpty();
  }

  @Test
  void givenAllBlocksTaken_whenOneMoreIsReserved_thenThatIsRefused() {
    for (int i = 0x10; i <= 0xFF; i++) {
      PrivateBlock.reserve(dataSet, 0x0029, "CREATOR " + i);
    }
    assertThatThrownBy(() -> PrivateBlock.reserve(dataSet, 0x0029, "LATE"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("0029");
  }

  @Test
  void givenWhatPs35Forbids_whenReserved_thenThatIsRefused() {
    for (int group : new int[] {0x0028, 0x0007, 0xFFFF}) {
      assertThatThrownBy(() -> PrivateBlock.reserve(dataSet, group, "ACME 1"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String creator : new String[] {" ", "A\\B", "A".repeat(65)}) {
      assertThatThrownBy(() -> PrivateBlock.reserve(dataSet, 0x0029, creator))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new PrivateBlock(0x0029, 0x0F))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
