package org.regionalpacs.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.CharsetFallback;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ReadWarning.Kind;

/**
 * Lenient reading returns what could be read and says what was wrong; strict reading refuses it.
 */
class ReadWarningsTest {
  private static final String PATIENT_ID = "10002000 4C4F 0200 5031";
  private static final String SEQUENCE = "08003210 5351 0000 FFFFFFFF";
  private static final String ITEM = "FEFF00E0 FFFFFFFF 08000001 5348 0200 5831";
  private static final String ITEM_END = "FEFF0DE0 00000000";
  private static final String SEQUENCE_END = "FEFFDDE0 00000000";
  private static final String PIXELS = "E07F1000 4F42 0000 02000000 0102";

  private static byte[] hex(String... parts) {
    return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
  }

  private static DicomInputStream open(byte[] dataSet) throws IOException {
    return DicomInputStream.ofDataSet(
        new ByteArrayInputStream(dataSet), UID.ExplicitVRLittleEndian);
  }

  /** Reads leniently and strictly. */
  private static Attributes readWith(Kind kind, byte[] dataSet) throws IOException {
    assertThatThrownBy(() -> open(dataSet).strict().readDataSet())
        .isInstanceOf(DicomFormatException.class)
        .hasMessageContaining("at byte");
    try (DicomInputStream in = open(dataSet)) {
      Attributes read = in.readDataSet();
      assertThat(in.warnings()).extracting(ReadWarning::kind).containsExactly(kind);
      assertThat(in.warningCount()).isOne();
      return read;
    }
  }

  @Test
  void givenAWellFormedDataSet_whenReadStrictly_thenNothingIsWarnedOf() throws IOException {
    try (var in = open(hex(SEQUENCE, ITEM, ITEM_END, SEQUENCE_END, PATIENT_ID, PIXELS)).strict()) {
      assertThat(in.readDataSet().size()).isEqualTo(3);
      assertThat(in.warnings()).isEmpty();
    }
  }

  @Test
  void givenNoFinalSequenceDelimiter_whenRead_thenTheItemsAreThere() throws IOException {
    Attributes read = readWith(Kind.MISSING_DELIMITER, hex(SEQUENCE, ITEM, ITEM_END));
    assertThat(code(read)).isEqualTo("X1");
  }

  @Test
  void givenNoSequenceDelimiterBeforeTheNextElement_whenRead_thenBothAreThere() throws IOException {
    Attributes read = readWith(Kind.MISSING_DELIMITER, hex(SEQUENCE, ITEM, ITEM_END, PATIENT_ID));
    assertThat(code(read)).isEqualTo("X1");
    assertThat(read.getString(Tag.PatientID)).contains("P1");
  }

  @Test
  void givenNoItemDelimiter_whenRead_thenTheSequenceAndWhatFollowsAreThere() throws IOException {
    Attributes read =
        readWith(Kind.MISSING_DELIMITER, hex(SEQUENCE, ITEM, SEQUENCE_END, PATIENT_ID));
    assertThat(code(read)).isEqualTo("X1");
    assertThat(read.getString(Tag.PatientID)).contains("P1");
    Attributes two =
        readWith(
            Kind.MISSING_DELIMITER, hex(SEQUENCE, ITEM, ITEM, ITEM_END, SEQUENCE_END, PATIENT_ID));
    assertThat(two.getSequence(Tag.ProcedureCodeSequence).orElseThrow()).hasSize(2);
  }

  private static String code(Attributes dataSet) {
    return dataSet.getItem(Tag.ProcedureCodeSequence).orElseThrow().getString(Tag.CodeValue, "");
  }

  @Test
  void givenEncapsulatedPixelsWithoutDelimiter_whenRead_thenTheFragmentsAreThere()
      throws IOException {
    byte[] pixels = hex("E07F1000 4F42 0000 FFFFFFFF FEFF00E0 00000000 FEFF00E0 02000000 0102");
    Attributes read = readWith(Kind.MISSING_DELIMITER, pixels);
    assertThat((Fragments) read.element(Tag.PixelData).orElseThrow().value()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "DEADBEEFDEADBEEFDEADBEEFDEADBEEF",
    "000000000000000000000000",
    "00",
    "DEADBE",
    "FEFFDDE000000000",
    "E17F1000 4F42 0000 02010000 0102"
  })
  void givenGarbageBehindThePixelData_whenRead_thenTheDataSetIsWhole(String garbage)
      throws IOException {
    Attributes read = readWith(Kind.TRAILING_BYTES, hex(PATIENT_ID, PIXELS, garbage));
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.getBytes(Tag.PixelData).orElseThrow()).containsExactly(1, 2);
  }

  @Test
  void givenZerosBehindADataSetWithoutPixels_whenRead_thenTheyAreNoElement() throws IOException {
    assertThat(readWith(Kind.TRAILING_BYTES, hex(PATIENT_ID, "00".repeat(16))).size()).isOne();
    assertThat(readWith(Kind.TRAILING_BYTES, hex(PATIENT_ID, "0000")).size()).isOne();
  }

  @Test
  void givenADataSetCutInTheMiddle_whenRead_thenItIsRefusedAlsoLeniently() {
    for (String cut : List.of("1000", "10003000", "10003000 4441 0800 32")) {
      assertThatThrownBy(() -> open(hex(PATIENT_ID, cut)).readDataSet())
          .as(cut)
          .isInstanceOf(DicomFormatException.class);
    }
  }

  @Test
  void givenElementsBehindThePixelData_whenTheyAreWellFormed_thenTheyAreKept() throws IOException {
    try (var in = open(hex(PIXELS, "FCFFFCFF 4F42 0000 02000000 0000")).strict()) {
      assertThat(in.readDataSet().contains(Tag.DataSetTrailingPadding)).isTrue();
    }
  }

  @Test
  void givenOddLength_whenRead_thenTheValueIsThere() throws IOException {
    Attributes read = readWith(Kind.ODD_LENGTH, hex("10002000 4C4F 0300 503131"));
    assertThat(read.getString(Tag.PatientID)).contains("P11");
  }

  @Test
  void givenAVrThatDoesNotExist_whenRead_thenTheBytesAreThere() throws IOException {
    Attributes read = readWith(Kind.UNKNOWN_VR, hex("10002000 5858 0200 5031"));
    assertThat(read.vrOf(Tag.PatientID)).contains(VR.UN);
  }

  @Test
  void givenElementsOutOfOrder_whenRead_thenAllAreThere() throws IOException {
    Attributes read = readWith(Kind.OUT_OF_ORDER, hex(PATIENT_ID, "08000001 5348 0200 5831"));
    assertThat(read.getString(Tag.CodeValue)).contains("X1");
  }

  @Test
  void givenADataSetInImplicitVrThatSaysExplicit_whenRead_thenThatIsWarnedOf() throws IOException {
    readWith(Kind.OTHER_ENCODING, hex("10002000 02000000 5031"));
  }

  @Test
  void givenTextThatIsNotInItsCharacterSet_whenRead_thenItIsDetectedAndWarnedOf()
      throws IOException {
    Attributes utf8 =
        readWith(
            Kind.TEXT_OUTSIDE_CHARSET,
            dataSet("ISO_IR 6", "王".repeat(2).getBytes(StandardCharsets.UTF_8)));
    assertThat(utf8.getString(Tag.PatientName)).contains("王王");
    byte[] gbk = "王^小东".getBytes(Charset.forName("GBK"));
    assertThat(name(readWith(Kind.TEXT_OUTSIDE_CHARSET, dataSet("ISO_IR 192", gbk))))
        .isEqualTo("王^小东");
  }

  @Test
  void givenAMisspeltOrUnknownCharacterSet_whenRead_thenThatIsWarnedOf() throws IOException {
    byte[] utf8 = "王".repeat(2).getBytes(StandardCharsets.UTF_8);
    assertThat(name(readWith(Kind.UNKNOWN_CHARSET, dataSet("ISO IR 192", utf8)))).isEqualTo("王王");
    readWith(Kind.UNKNOWN_CHARSET, dataSet("KLINGON", "Worf".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void givenATenantsCharsetFallback_whenRead_thenItDecides() throws IOException {
    byte[] gbk = "王^小东".getBytes(Charset.forName("GBK"));
    byte[] windows = "Müller".getBytes(Charset.forName("windows-1252"));
    CharsetFallback chinese = CharsetFallback.DEFAULT.withReadAs(Map.of("ISO_IR 100", "GB18030"));
    CharsetFallback western =
        CharsetFallback.DEFAULT.withCandidates(Charset.forName("windows-1252"));
    assertThat(name(chinese, dataSet("ISO_IR 100", gbk))).isEqualTo("王^小东");
    assertThat(name(western, dataSet("ISO_IR 192", windows))).isEqualTo("Müller");
    assertThat(name(CharsetFallback.DEFAULT.withWhenAbsent("ISO_IR 144"), nameOnly(0xBB)))
        .isEqualTo("Л");
    assertThat(name(CharsetFallback.DEFAULT, nameOnly(0xFF))).isEqualTo("ÿ");
  }

  private static String name(Attributes dataSet) {
    return dataSet.getString(Tag.PatientName, "");
  }

  private static String name(CharsetFallback fallback, byte[] dataSet) throws IOException {
    try (DicomInputStream in = open(dataSet).charsetFallback(fallback)) {
      return name(in.readDataSet());
    }
  }

  private static byte[] nameOnly(int code) {
    byte[] bytes = hex("10001000 504E 0200 0020");
    bytes[8] = (byte) code;
    return bytes;
  }

  private static byte[] dataSet(String charset, byte[] name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, VR.CS, charset);
    dataSet.setBytes(Tag.PatientName, VR.PN, Arrays.copyOf(name, name.length + name.length % 2));
    DicomOutputStream.writeDataSet(dataSet, UID.ExplicitVRLittleEndian, out);
    return out.toByteArray();
  }

  @Test
  void givenMoreWarningsThanAreKept_whenRead_thenTheyAreCounted() throws IOException {
    try (DicomInputStream in = open(hex("10002000 4C4F 0100 50".repeat(300)))) {
      in.readDataSet();
      assertThat(in.warnings()).hasSize(Warnings.MOST);
      assertThat(in.warningCount()).isEqualTo(300 + 299);
    }
  }

  @Test
  void givenABareDataSet_whenReadAsAFile_thenPreambleAndMetaAreMissed() throws IOException {
    ByteSource bare = ByteSource.of(hex("08000500 4353 0000", PATIENT_ID));
    try (DicomInputStream in = DicomInputStream.of(bare)) {
      assertThat(in.warnings())
          .extracting(ReadWarning::kind)
          .containsExactly(Kind.NO_PREAMBLE, Kind.NO_FILE_META);
      assertThatThrownBy(() -> in.strict().readDataSet()).isInstanceOf(DicomFormatException.class);
    }
  }

  @Test
  void givenAFileWithoutFault_whenReadStrictly_thenItIsRead() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Attributes dataSet = new Attributes().setString(Tag.PatientID, "P1");
    DicomOutputStream.writeFile(
        FileMeta.of(UID.CTImageStorage, "1.2", UID.ExplicitVRLittleEndian), dataSet, file);
    try (var in = DicomInputStream.of(ByteSource.of(file.toByteArray())).strict()) {
      assertThat(in.readDataSet().getString(Tag.PatientID)).contains("P1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "meta_len_wrong, WRONG_GROUP_LENGTH", "no_preamble, NO_PREAMBLE",
        "no_meta_explicit, NO_FILE_META",
    "odd_length, ODD_LENGTH", "bad_vr, UNKNOWN_VR", "out_of_order, OUT_OF_ORDER",
    "dup_tag, OUT_OF_ORDER", "ts_lie_implicit, OTHER_ENCODING", "trailing_garbage, TRAILING_BYTES",
    "no_seq_delim, MISSING_DELIMITER", "cs_lie, TEXT_OUTSIDE_CHARSET", "unknown_cs, UNKNOWN_CHARSET"
  })
  void givenASampleBrokenOnPurpose_whenRead_thenItIsReadToItsEndWithThatWarning(
      String file, Kind kind) throws IOException {
    var path = TestFiles.root().resolve("synthetic/broken/" + file + ".dcm");
    try (DicomInputStream in = DicomInputStream.ofFile(path)) {
      Attributes dataSet = in.readDataSet();
      assertThat(dataSet.getString(Tag.SOPInstanceUID)).isPresent();
      assertThat(in.warnings()).extracting(ReadWarning::kind).contains(kind);
    }
    assertThatThrownBy(() -> DicomInputStream.ofFile(path).strict().readDataSet())
        .isInstanceOf(DicomFormatException.class);
  }
}
