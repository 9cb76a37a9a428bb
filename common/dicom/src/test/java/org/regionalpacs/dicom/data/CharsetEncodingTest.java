package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CharsetEncodingTest {

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 6, Buc^Jerome",
    "ISO_IR 100, Äneas^Rüdiger",
    "ISO_IR 101, Wałęsa",
    "ISO_IR 109, Ċensu",
    "ISO_IR 110, Ķīsis",
    "ISO_IR 144, Люкceмбypг",
    "ISO_IR 127, قباني^لنزار",
    "ISO_IR 126, Διονυσιος",
    "ISO_IR 138, שרון^דבורה",
    "ISO_IR 148, Çavuşoğlu",
    "ISO_IR 166, นามสกุล^ชื่อ",
    "ISO_IR 203, Œuvre^€",
    "ISO_IR 13, ﾔﾏﾀﾞ^ﾀﾛｳ",
    "ISO_IR 192, 王^小东=👨",
    "GB18030, 王^小东",
    "GBK, 張^偉",
    "\\ISO 2022 IR 87, Yamada^Tarou=山田^太郎=やまだ^たろう",
    "ISO 2022 IR 13\\ISO 2022 IR 87, ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎ﾛ=やまだ^たろう",
    "\\ISO 2022 IR 87\\ISO 2022 IR 159, 丂^山a丂山",
    "\\ISO 2022 IR 149, Hong^Gildong=洪^吉洞=홍^길동",
    "\\ISO 2022 IR 58, Zhang^XiaoDong=张^小东",
    "ISO 2022 IR 100\\ISO 2022 IR 144, Éa^Людka^É",
    "ISO 2022 IR 6\\ISO 2022 IR 13\\ISO 2022 IR 87, ﾛ山ﾛ^a"
  })
  void givenEachCharacterSet_whenWritten_thenItIsReadAsItWas(String terms, String name) {
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, terms.split("\\\\"));
    if (terms.startsWith("\\")) {
      dataSet.setBytes(Tag.SpecificCharacterSet, VR.CS, latin(terms));
    }
    dataSet.setString(Tag.PatientName, name);
    byte[] bytes = dataSet.getBytes(Tag.PatientName).orElseThrow();

    assertThat(dataSet.characterSet().problem()).isEmpty();
    assertThat(dataSet.characterSet().fits(bytes, VR.PN)).isTrue();
    assertThat(dataSet.getString(Tag.PatientName)).contains(name);
    assertThat(latin("?")[0]).isNotIn(bytes);
  }

  @Test
  void givenJapaneseNames_whenWritten_thenTheBytesAreThoseOfPs35AnnexH() {
    SpecificCharacterSet set = SpecificCharacterSet.ofTerms("\\ISO 2022 IR 87");
    assertThat(set.encode("Yamada^Tarou=山田^太郎=やまだ^たろう", VR.PN))
        .isEqualTo(
            latin(
                "Yamada^Tarou=\033$B;3ED\033(B^\033$BB@O:\033(B"
                    + "=\033$B$d$^$@\033(B^\033$B$?$m$&\033(B"));
    assertThat(SpecificCharacterSet.ofTerms("\\ISO 2022 IR 149").encode("洪^吉洞", VR.PN))
        .isEqualTo(latin("\033$)C\u00FB\u00F3^\033$)C\u00D1\u00CE\u00D4\u00D7"));
  }

  @Test
  void givenCharactersThatTheSetLacks_whenWritten_thenThatIsNeverSilent(CapturedOutput output) {
    for (String terms : new String[] {"", "ISO_IR 100", "\\ISO 2022 IR 87"}) {
      SpecificCharacterSet set = SpecificCharacterSet.ofTerms(terms);
      assertThat(set.canEncode("ก", VR.LO)).isFalse();
      assertThat(set.encode("aกb", VR.LO)).isEqualTo(latin("a?b"));
      assertThat(output).contains("VR LO").contains(set.toString()).doesNotContain("กb");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ISO IR 192, IR_192",
    "ISO_IR_100, IR_100",
    "ISO-IR 144, IR_144",
    "iso_ir 126, IR_126",
    "ISO_2022_IR 149, IR_149",
    "ISO 2022 IR87, IR_87",
    "ISO 2022 100, IR_100",
    "UTF-8, IR_192",
    "ISO 8859-1, IR_100",
    "ISO-8859-5, IR_144",
    "GB2312, GB18030",
    "ISO_IR 58, IR_58",
    "IR 100, IR_100"
  })
  void givenMisspeltTerms_whenRead_thenTheyAreUnderstoodAndNamed(String term, String set) {
    CharsetTerms terms = CharsetTerms.parse(term);
    assertThat(terms.sets()).containsExactly(CodedSet.valueOf(set));
    assertThat(terms.problem().orElseThrow()).contains("misspelt");
  }

  @Test
  void givenTextWhoseEscapesWereLost_whenRead_thenTheOtherDeclaredSetsAreTried() {
    Attributes dataSet =
        new Attributes()
            .setBytes(Tag.SpecificCharacterSet, VR.CS, latin("\\ISO 2022 IR 149"))
            .setBytes(Tag.PatientName, VR.PN, latin("\u00FB\u00F3^\u00D1\u00CE"));
    assertThat(dataSet.getString(Tag.PatientName)).contains("洪^吉");
    assertThat(dataSet.characterSet().fits(latin("\u00FB\u00F3"), VR.PN)).isFalse();
  }

  @Test
  void givenAnUnknownOrCutEscapeSequence_whenRead_thenTheTextDoesNotFit() {
    SpecificCharacterSet set = SpecificCharacterSet.ofTerms("\\ISO 2022 IR 87");
    assertThat(set.fits(latin("a\033(Zb"), VR.LO)).isFalse();
    assertThat(set.fits(latin("a\033$"), VR.LO)).isFalse();
    assertThat(set.decode(latin("a\033(Zb"), VR.LO)).isEqualTo("ab");
    assertThat(SpecificCharacterSet.DEFAULT.fits(latin("\033$B;3"), VR.LO)).isFalse();
  }

  @Test
  void givenUtf8ThatSaysLatin1_whenReadWithCodesThatLatin1Lacks_thenItIsUtf8() {
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, "ISO_IR 100");
    dataSet.setBytes(Tag.PatientName, VR.PN, "王^小东".getBytes(StandardCharsets.UTF_8));
    assertThat(dataSet.getString(Tag.PatientName)).contains("王^小东");
  }
}
