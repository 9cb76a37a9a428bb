package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AttributesTest {

  @Test
  void givenElementsInAnyOrder_whenIterated_thenTheyComeByUnsignedTag() {
    Attributes dataSet =
        new Attributes()
            .setEmpty(Tag.DataSetTrailingPadding, VR.OB)
            .setString(Tag.PatientID, "1")
            .setString(Tag.Modality, "CT")
            .setString(Tag.PatientID, "2");

    assertThat(dataSet)
        .extracting(Element::tag)
        .containsExactly(Tag.Modality, Tag.PatientID, Tag.DataSetTrailingPadding);
    assertThat(dataSet.getString(Tag.PatientID)).contains("2");
    assertThat(dataSet.remove(Tag.Modality).contains(Tag.Modality)).isFalse();
  }

  @Test
  void givenSeveralValues_whenRead_thenPaddingIsGoneAndEmptyOnesAreKept() {
    Attributes dataSet =
        new Attributes().setBytes(Tag.ImageType, VR.CS, "ORIGINAL\\\\AXIAL ".getBytes());
    assertThat(dataSet.getStrings(Tag.ImageType)).containsExactly("ORIGINAL", "", "AXIAL");
    assertThat(dataSet.joined(Tag.ImageType)).isEqualTo("ORIGINAL\\\\AXIAL");
    assertThat(dataSet.getString(Tag.PatientName)).isEmpty();
  }

  @Test
  void givenTextWithBackslashes_whenTheVrHasOneValue_thenItIsOne() {
    Attributes dataSet = new Attributes().setString(Tag.ImageComments, VR.LT, " a\\b ");
    assertThat(dataSet.getStrings(Tag.ImageComments)).containsExactly(" a\\b");
  }

  @Test
  void givenBinaryNumbers_whenBigEndian_thenTheyAreReadAsSuch() {
    Attributes dataSet = new Attributes(true).setInt(Tag.Rows, VR.US, 513);
    assertThat(dataSet.getBytes(Tag.Rows).orElseThrow()).containsExactly(2, 1);
    assertThat(dataSet.getInt(Tag.Rows, 0)).isEqualTo(513);
  }

  @Test
  void givenDecimalStrings_whenReadAsNumbers_thenWhatIsNoneEndsTheList() {
    Attributes dataSet = new Attributes().setString(Tag.PixelSpacing, "0.5", "wide", "1");
    assertThat(dataSet.getDoubles(Tag.PixelSpacing)).containsExactly(0.5);
    assertThat(dataSet.getInt(Tag.PixelSpacing)).isEmpty();
    assertThat(new Attributes().setString(Tag.InstanceNumber, " 007").getInt(Tag.InstanceNumber, 0))
        .isEqualTo(7);
  }

  @Test
  void givenLongNumbers_whenSetAsDecimalString_thenSixteenCharactersHoldThem() {
    Attributes dataSet = new Attributes().setDouble(Tag.SliceLocation, -1.0 / 3 * 1e-7);
    String text = dataSet.getString(Tag.SliceLocation).orElseThrow();
    assertThat(text.length()).isLessThanOrEqualTo(16);
    assertThat(Double.parseDouble(text))
        .isCloseTo(-1.0 / 3 * 1e-7, org.assertj.core.data.Offset.offset(1e-15));
  }

  @Test
  void givenAnItem_whenItNamesNoCharacterSet_thenTheDataSetsHolds() {
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    Attributes item = dataSet.newSequence(Tag.RequestAttributesSequence).addItem();
    item.setString(Tag.RequestedProcedureDescription, "骨盆");
    assertThat(item.getBytes(Tag.RequestedProcedureDescription).orElseThrow())
        .isEqualTo("骨盆".getBytes(StandardCharsets.UTF_8));
    assertThat(item.getString(Tag.RequestedProcedureDescription)).contains("骨盆");
  }

  @Test
  void givenAnItemOfOneSequence_whenAddedToAnother_thenItIsRefused() {
    Attributes dataSet = new Attributes();
    Attributes item = dataSet.newSequence(Tag.RequestAttributesSequence).addItem();
    Sequence other = dataSet.newSequence(Tag.ProcedureCodeSequence);
    assertThatThrownBy(() -> other.add(item)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenEachCharacterSet_whenDecoded_thenTheNameIsRight() {
    assertName("ISO_IR 100", "Müller^José", "ISO-8859-1");
    assertName("ISO_IR 144", "Люкceмбypг", "ISO-8859-5");
    assertName("ISO_IR 126", "Διονυσιος", "ISO-8859-7");
    assertName("ISO_IR 192", "Wang^XiaoDong=王^小东", "UTF-8");
    assertName("GB18030", "Wang^XiaoDong=王^小东", "GB18030");
    assertName("GBK", "Zhang^Wei=張^偉", "GBK");
    assertName("ISO IR 192", "王^小东", "UTF-8");
    assertName("ISO_IR_100", "Müller", "ISO-8859-1");
    assertName("UTF-8", "王", "UTF-8");
  }

  @Test
  void givenTwoByteCharactersThatHoldABackslash_whenSplit_thenTheyStayWhole() {
    // 誠 ends in 0x5C in GBK.
    byte[] bytes = "誠\\乙".getBytes(Charset.forName("GBK"));
    assertThat(bytes[1]).isEqualTo((byte) '\\');
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, "GBK");
    dataSet.setBytes(Tag.OtherPatientIDs, VR.LO, bytes);
    assertThat(dataSet.getStrings(Tag.OtherPatientIDs)).containsExactly("誠", "乙");
  }

  @Test
  void givenBytesThatDontFitTheDeclaredSet_whenDecoded_thenUnicodeThenGbIsTried() {
    Attributes dataSet = new Attributes();
    dataSet.setBytes(Tag.PatientName, VR.PN, "王^小东".getBytes(StandardCharsets.UTF_8));
    assertThat(dataSet.getString(Tag.PatientName)).contains("王^小东");
    dataSet.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    dataSet.setBytes(Tag.PatientName, VR.PN, "王^小东".getBytes(Charset.forName("GB18030")));
    assertThat(dataSet.getString(Tag.PatientName)).contains("王^小东");
  }

  @Test
  void givenEscapeSequences_whenDecoded_thenPs35AnnexHAndIComeOutRight() {
    Attributes japanese =
        new Attributes()
            .setBytes(
                Tag.SpecificCharacterSet, VR.CS, "\\\\ISO 2022 IR 87 ".substring(1).getBytes());
    japanese.setBytes(
        Tag.PatientName,
        VR.PN,
        "Yamada^Tarou=\033$B;3ED\033(B^\033$BB@O:\033(B=\033$B$d$^$@\033(B^\033$B$?$m$&\033(B"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(japanese.getString(Tag.PatientName)).contains("Yamada^Tarou=山田^太郎=やまだ^たろう");

    Attributes korean =
        new Attributes()
            .setBytes(
                Tag.SpecificCharacterSet, VR.CS, "\\\\ISO 2022 IR 149".substring(1).getBytes());
    korean.setBytes(
        Tag.PatientName,
        VR.PN,
        "Hong^Gildong=\033$)C\u00FB\u00F3^\033$)C\u00D1\u00CE\u00D4\u00D7"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(korean.getString(Tag.PatientName)).contains("Hong^Gildong=洪^吉洞");
  }

  private static void assertName(String term, String name, String charset) {
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, term);
    dataSet.setBytes(Tag.PatientName, VR.PN, name.getBytes(Charset.forName(charset)));
    assertThat(dataSet.getString(Tag.PatientName)).as(term).contains(name);
  }
}
