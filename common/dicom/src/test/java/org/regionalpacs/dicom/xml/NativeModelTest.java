package org.regionalpacs.dicom.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.json.BulkDataResolver;
import org.regionalpacs.dicom.json.BulkDataUris;
import org.regionalpacs.dicom.json.ModelLimits;

/** The Native DICOM Model, by the sections of PS3.19 A.1. */
class NativeModelTest {
  @TempDir Path folder;

  @Test
  void givenValuesOfAllKinds_whenWritten_thenTheyStandAsTheModelSays() throws IOException {
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, "GB18030");
    dataSet
        .setString(Tag.PatientName, "Wang^XiaoDong=王^小东")
        .setString(Tag.ImageType, "A", "", "B&<")
        .setString(0x00090011, VR.LO, "ACME")
        .setInt(0x00091102, VR.US, 7)
        .newSequence(Tag.ReferencedImageSequence)
        .addItem()
        .setEmpty(Tag.AccessionNumber);
    assertThat(xml(dataSet, BulkDataUris.NONE))
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><NativeDicomModel xmlns=\"")
        .contains("xml:space=\"preserve\"")
        .contains("keyword=\"SpecificCharacterSet\"><Value number=\"1\">ISO_IR 192</Value>")
        .contains("<Value number=\"1\">A</Value><Value number=\"2\"></Value>")
        .contains("<Value number=\"3\">B&amp;&lt;</Value>")
        .contains(
            "<DicomAttribute tag=\"00090002\" vr=\"US\" privateCreator=\"ACME\">"
                + "<Value number=\"1\">7</Value>")
        .contains(
            "<Item number=\"1\"><DicomAttribute tag=\"00080050\" vr=\"SH\""
                + " keyword=\"AccessionNumber\"></DicomAttribute></Item>")
        .contains(
            "<PersonName number=\"1\"><Alphabetic><FamilyName>Wang</FamilyName>"
                + "<GivenName>XiaoDong</GivenName></Alphabetic><Ideographic>"
                + "<FamilyName>王</FamilyName><GivenName>小东</GivenName></Ideographic>");
  }

  @Test
  void givenBinaryValues_whenWritten_thenShortOnesStandInlineAndLongOnesByUri() throws IOException {
    Attributes dataSet = new Attributes(true);
    dataSet
        .newSequence(Tag.IconImageSequence)
        .addItem()
        .set(Tag.PixelData, VR.OW, new BulkData(10, 2000));
    dataSet
        .setBytes(Tag.RedPaletteColorLookupTableData, VR.OW, new byte[] {1, 2})
        .setBytes(Tag.GreenPaletteColorLookupTableData, VR.OW, new byte[200]);
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.add(new byte[300]);
    dataSet.set(Tag.PixelData, VR.OB, fragments);
    assertThat(xml(dataSet, BulkDataUris.above(100, "bulk/")))
        .contains("<BulkData uri=\"bulk/00880200/1/7FE00010\"/>")
        .contains("<InlineBinary>AgE=</InlineBinary>")
        .contains("<BulkData uri=\"bulk/00281202\"/>")
        .contains("<BulkData uri=\"bulk/7FE00010\"/>");
  }

  @Test
  void givenLongInlineBytes_whenWrittenAndRead_thenTheyAreTheSame() throws IOException {
    byte[] bytes = new byte[100_001];
    new java.util.Random(1).nextBytes(bytes);
    Attributes dataSet = new Attributes().setBytes(Tag.PixelData, VR.OB, bytes);
    Attributes back = read(xml(dataSet, BulkDataUris.NONE));
    assertThat(back.getBytes(Tag.PixelData).orElseThrow()).isEqualTo(bytes);
  }

  @Test
  void givenTextThatXmlHasNoPlaceFor_whenWrittenAndRead_thenLinesAreKeptAndTheRestIsVisible()
      throws IOException {
    Attributes dataSet =
        new Attributes()
            .setString(Tag.SpecificCharacterSet, "ISO_IR 192")
            .setString(Tag.ImageComments, VR.LT, "one\r\ntwo\ftab\t\uD840\uDC00");
    assertThat(read(xml(dataSet, BulkDataUris.NONE)).getString(Tag.ImageComments))
        .contains("one\r\ntwo\uFFFDtab\t\uD840\uDC00");
  }

  @Test
  void givenAPrivateElementByCreator_whenRead_thenItGetsABlock() throws IOException {
    Attributes dataSet =
        read(
            model(
                """
                <DicomAttribute tag="00090010" vr="LO"><Value number="1">OTHER</Value>
                </DicomAttribute><DicomAttribute tag="00090002" vr="US" privateCreator="ACME">
                <Value number="1">7</Value></DicomAttribute>\
                """));
    assertThat(dataSet.getString(0x00090011)).contains("ACME");
    assertThat(dataSet.getInt(0x00091102)).hasValue(7);
  }

  @Test
  void givenNumberedValues_whenSomeAreLeftOut_thenTheyAreEmpty() throws IOException {
    Attributes dataSet =
        read(
            model(
                """
                <DicomAttribute tag="00080008" vr="CS"><!-- x --><Value number="2">B</Value>
                </DicomAttribute><DicomAttribute tag="00280010"><Value number="1">5</Value>
                </DicomAttribute><DicomAttribute tag="00100020" vr="LO"><Value number="1"
                >名</Value></DicomAttribute>\
                """));
    assertThat(dataSet.getStrings(Tag.ImageType)).containsExactly("", "B");
    assertThat(dataSet.getInt(Tag.Rows)).hasValue(5);
    assertThat(dataSet.getString(Tag.PatientID)).contains("名");
    assertThat(dataSet.getString(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
  }

  @Test
  void givenBulkData_whenRead_thenItIsResolvedByUriOrUuid() throws IOException {
    List<String> asked = new ArrayList<>();
    String xml =
        model(
            """
            <DicomAttribute tag="7FE00010" vr="OW"><BulkData uri="b/1"/></DicomAttribute>
            <DicomAttribute tag="FFFCFFFC" vr="OB"><BulkData uuid="945f"/></DicomAttribute>\
            """);
    new NativeModelReader((into, tag, vr, uri) -> asked.add(Tag.toHex(tag) + vr + uri))
        .read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    assertThat(asked).containsExactly("7FE00010OWb/1", "FFFCFFFCOB945f");
  }

  // ---- hostile input

  @Test
  void givenAnExternalEntity_whenRead_thenTheFileIsNotOpenedAndItIsRefused() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "TOP");
    String xml =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]>".formatted(secret.toUri())
            + model(element("00100020", "LO", "<Value number=\"1\">&e;</Value>"));
    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(NativeModelException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void givenEntitiesThatExpand_whenRead_thenTheyAreRefused() {
    String xml =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
            + model(element("00100020", "LO", "<Value number=\"1\">&b;</Value>"));
    assertThatThrownBy(() -> read(xml)).isInstanceOf(NativeModelException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'<DicomAttribute tag=\"x\"/>'|is no tag",
        "'<DicomAttribute tag=\"FFFEE000\"/>'|is no tag",
        "'<DicomAttribute/>'|is no tag",
        "'<Value/>'|something else",
        "'text'|text where",
        "'<DicomAttribute tag=\"00100020\" xmlns=\"urn:x\"/>'|namespace",
        "'<DicomAttribute tag=\"00100020\"/><DicomAttribute tag=\"00100020\"/>'|stands twice",
        "'<DicomAttribute tag=\"00100020\" vr=\"LOO\"/>'|VR that doesn't exist",
        "'<DicomAttribute tag=\"00100020\" privateCreator=\"A\"/>'|isn't private",
        "'<DicomAttribute tag=\"00090020\" privateCreator=\"A\\B\"/>'|private creator",
        "'<DicomAttribute tag=\"00100020\"><Value>1</Value></DicomAttribute>'|without a number",
        "'<DicomAttribute tag=\"00100020\"><Value number=\"1\"><b/></Value></DicomAttribute>'|element within",
        "'<DicomAttribute tag=\"00100020\"><Value number=\"900000000\"/></DicomAttribute>'|wrong number",
        "'<DicomAttribute tag=\"00100020\"><Value number=\"1\"/><Value number=\"1\"/></DicomAttribute>'|wrong number",
        "'<DicomAttribute tag=\"00100020\"><Val/></DicomAttribute>'|doesn't know",
        "'<DicomAttribute tag=\"00100020\"><Item number=\"1\"/></DicomAttribute>'|isn't of VR SQ",
        "'<DicomAttribute tag=\"00081140\"><Value number=\"1\">1</Value></DicomAttribute>'|no items",
        "'<DicomAttribute tag=\"00100020\"><PersonName number=\"1\"/></DicomAttribute>'|isn't of VR PN",
        "'<DicomAttribute tag=\"00100010\"><PersonName number=\"1\"><X/></PersonName></DicomAttribute>'|group",
        "'<DicomAttribute tag=\"00100010\"><PersonName number=\"1\"><Phonetic><X/></Phonetic></PersonName></DicomAttribute>'|component",
        "'<DicomAttribute tag=\"00100010\"><PersonName number=\"1\"><Phonetic><GivenName>a^b</GivenName></Phonetic></PersonName></DicomAttribute>'|delimiter",
        "'<DicomAttribute tag=\"00100020\"><InlineBinary>AAAA</InlineBinary></DicomAttribute>'|can't have",
        "'<DicomAttribute tag=\"7FE00010\"><InlineBinary>%</InlineBinary></DicomAttribute>'|no Base64",
        "'<DicomAttribute tag=\"7FE00010\"><BulkData/></DicomAttribute>'|without uri",
        "'<DicomAttribute tag=\"7FE00010\"><BulkData uri=\"u\"><a/></BulkData></DicomAttribute>'|within BulkData",
        "'<DicomAttribute tag=\"7FE00010\"><BulkData uri=\"u\"/><BulkData uri=\"u\"/></DicomAttribute>'|two kinds",
        "'<DicomAttribute tag=\"7FE00010\"><BulkData uri=\"u\"/><Value number=\"1\"/></DicomAttribute>'|two kinds",
        "'<DicomAttribute tag=\"00280010\"><Value number=\"1\">65536</Value></DicomAttribute>'|can't hold",
        "'<DicomAttribute'|no XML"
      })
  void givenWhatIsNotTheModel_whenRead_thenTheErrorSaysWhereAndWhy(String xml, String reason) {
    assertThatThrownBy(() -> read(model(xml)))
        .isInstanceOf(NativeModelException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("at line 1, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<", "x", "<a/>", "<NativeDicomModel>", "<NativeDicomModel/><a/>"})
  void givenNoDocument_whenRead_thenThatIsSaid(String xml) {
    assertThatThrownBy(() -> read(xml)).isInstanceOf(NativeModelException.class);
  }

  @Test
  void givenAnErrorInAnItem_whenRead_thenItsPathIsSaid() {
    String inner = element("00280010", "US", "<Value number=\"1\">x</Value>");
    String xml = model(element("00081140", "SQ", "<Item number=\"1\">" + inner + "</Item>"));
    assertThatThrownBy(() -> read(xml))
        .isInstanceOfSatisfying(
            NativeModelException.class, e -> assertThat(e.path()).isEqualTo("00081140/1/00280010"));
  }

  @Test
  void givenSequencesTooDeep_whenRead_thenTheyAreRefusedAndOthersAreNot() throws IOException {
    String deepest = model(element("00100010", "PN", "<PersonName number=\"1\"/>"));
    for (int i = 0; i < 64; i++) {
      String item = "<Item number=\"1\">" + deepest.replaceAll("</?NativeDicomModel>", "");
      deepest = model(element("00081140", "SQ", item + "</Item>"));
    }
    assertThat(read(deepest).getItem(Tag.ReferencedImageSequence)).isPresent();
    String deep = "<DicomAttribute tag=\"00081140\" vr=\"SQ\"><Item number=\"1\">".repeat(66);
    assertThatThrownBy(() -> read("<NativeDicomModel>" + deep)).hasMessageContaining("deeper");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'<!--'|a|longer than 1 MB",
        "'<DicomAttribute tag=\"'|a|longer than 1 MB",
        "'<DicomAttribute tag=\"00104000\"><Value number=\"1\">'|a|bytes of values",
        "'<DicomAttribute tag=\"7FE00010\"><InlineBinary>'|AAAA|bytes of values",
        "'<DicomAttribute tag=\"00081140\">'|<Item number=\"1\"/>|elements and items"
      })
  void givenInputWithoutEnd_whenRead_thenItIsRefusedInTime(
      String start, String repeated, String reason) {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(("<NativeDicomModel>" + start).getBytes()),
            new Endless(repeated.getBytes()));
    ModelLimits limits = new ModelLimits(64, 1000, 1 << 20);
    assertThatThrownBy(() -> new NativeModelReader(BulkDataResolver.LEAVE_OUT, limits).read(in))
        .isInstanceOf(NativeModelException.class)
        .hasMessageContaining(reason);
  }

  private static String model(String elements) {
    return "<NativeDicomModel>" + elements + "</NativeDicomModel>";
  }

  private static String element(String tag, String vr, String value) {
    return "<DicomAttribute tag=\"%s\" vr=\"%s\">%s</DicomAttribute>".formatted(tag, vr, value);
  }

  private static String xml(Attributes dataSet, BulkDataUris uris) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new NativeModelWriter(uris).write(dataSet, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Attributes read(String xml) throws IOException {
    return new NativeModelReader(BulkDataResolver.LEAVE_OUT)
        .read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  /** The same text for ever. */
  private static final class Endless extends InputStream {
    private final byte[] text;
    private int at;

    Endless(byte[] text) {
      this.text = text;
    }

    @Override
    public int read() {
      return text[at++ % text.length];
    }
  }
}
