package org.regionalpacs.dicom.json;

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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The DICOM JSON model read, by the sections of PS3.18 Annex F. */
class DicomJsonReaderTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What longer files have more of is pixels. */
  private static final int LONGEST_FILE = 256 << 10;

  @Test
  void givenWhatDcmtkWritesOfEverySample_whenReadAndWritten_thenItIsEqual() throws IOException {
    TestFiles.assumeInstalled("dcm2json");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : TestFiles.all()) {
      if (Files.size(file) > LONGEST_FILE) {
        continue;
      }
      Optional<JsonNode> theirs = DcmtkJson.read(file);
      if (theirs.isPresent()) {
        List<String> found = new ArrayList<>();
        DcmtkJson.compare(rewritten(theirs.get()), theirs.get(), "", found);
        found.forEach(each -> differences.add(TestFiles.root().relativize(file) + " " + each));
        compared++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).as("files that DCMTK writes as JSON").isGreaterThan(200);
  }

  private static JsonNode rewritten(JsonNode theirs) throws IOException {
    Attributes dataSet = read(theirs.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = MAPPER.createGenerator(out)) {
      new DicomJsonWriter(generator, BulkDataUris.NONE).writeDataSet(dataSet);
    }
    return MAPPER.readTree(out.toByteArray());
  }

  @Test
  void f21_textBecomesUtf8AndTheDataSetSaysSo() throws IOException {
    Attributes chinese =
        read(
            """
            {"00100020":{"vr":"LO","Value":["编号"]},
             "00081140":{"vr":"SQ","Value":[{"00080005":{"vr":"CS","Value":["GB18030"]},
               "00080104":{"vr":"LO","Value":["胸部"]}}]}}\
            """);
    assertThat(chinese.getString(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
    assertThat(chinese.getString(Tag.PatientID)).contains("编号");
    Attributes item = chinese.getItem(Tag.ReferencedImageSequence).orElseThrow();
    assertThat(item.getString(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
    assertThat(item.getString(Tag.CodeMeaning)).contains("胸部");

    String latin = "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 100\"]}}";
    assertThat(read(latin).getString(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
    assertThat(read("{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"1\"]}}").size()).isEqualTo(1);
  }

  @Test
  void f222_personNamesAreJoinedFromTheirGroups() throws IOException {
    Attributes dataSet =
        read(
            """
            {"00100010":{"vr":"PN","Value":[{"Alphabetic":"Wang^XiaoDong","Ideographic":"王^小东"},
              null,{"Phonetic":"p"},{},{"Alphabetic":null}]}}\
            """);
    assertThat(dataSet.getStrings(Tag.PatientName))
        .containsExactly("Wang^XiaoDong=王^小东", "", "==p", "", "");
  }

  @Test
  void f223_numbersMayBeStringsAndTheReverse() throws IOException {
    Attributes dataSet =
        read(
            """
            {"00280030":{"vr":"DS","Value":[0.50,"0.25",null,0.30000000000000004,"wide"]},
             "00200013":{"vr":"IS","Value":["7"]},"00200012":{"vr":"IS","Value":[1.2e1]},
             "00280010":{"vr":"US","Value":["512"]},
             "00720082":{"vr":"SV","Value":["-9223372036854775808",1]},
             "00720083":{"vr":"UV","Value":[18446744073709551615]},
             "00189461":{"vr":"FL","Value":["NaN","inf",-1.5]},
             "00280009":{"vr":"AT","Value":["00181063"]}}\
            """);
    assertThat(dataSet.getStrings(Tag.PixelSpacing))
        .containsExactly("0.50", "0.25", "", "0.30000000000000", "wide")
        .allMatch(value -> value.length() <= 16);
    assertThat(dataSet.getInt(Tag.InstanceNumber)).hasValue(7);
    assertThat(dataSet.getStrings(Tag.AcquisitionNumber)).containsExactly("12");
    assertThat(dataSet.getInt(Tag.Rows)).hasValue(512);
    assertThat(dataSet.getStrings(0x00720082)).containsExactly("-9223372036854775808", "1");
    assertThat(dataSet.getStrings(0x00720083)).containsExactly("18446744073709551615");
    assertThat(dataSet.getStrings(0x00189461)).containsExactly("NaN", "Infinity", "-1.5");
    assertThat(dataSet.getStrings(Tag.FrameIncrementPointer)).containsExactly("00181063");
  }

  @Test
  void f225_emptyElementsAndItemsAreKept() throws IOException {
    Attributes dataSet =
        read(
            """
            {"00080050":{"vr":"SH"},"00081032":{"vr":"SQ"},"00081140":{"vr":"SQ","Value":[{},{}]},
             "00090010":{"vr":"OB"},"00080060":{"vr":"CS","Value":[]},
             "00100020":{"vr":"LO","Value":[null]}}\
            """);
    assertThat(dataSet.contains(Tag.AccessionNumber)).isTrue();
    assertThat(dataSet.getSequence(Tag.ProcedureCodeSequence).orElseThrow()).isEmpty();
    assertThat(dataSet.getSequence(Tag.ReferencedImageSequence).orElseThrow()).hasSize(2);
    assertThat(dataSet.vrOf(0x00090010)).contains(VR.OB);
    assertThat(dataSet.containsValue(Tag.Modality)).isFalse();
    assertThat(dataSet.getBytes(Tag.PatientID).orElseThrow()).isEmpty();
  }

  @Test
  void f226_bytesStandInlineAndBulkDataIsResolved() throws IOException {
    List<String> asked = new ArrayList<>();
    BulkDataResolver resolver =
        (into, tag, vr, uri) -> {
          asked.add(Tag.toHex(tag) + " " + vr + " " + uri);
          into.setBytes(tag, vr, new byte[] {1, 2});
        };
    String json =
        """
        {"7FE00010":{"vr":"OW","BulkDataURI":"../bulk/1"},
         "00091001":{"vr":"UN","InlineBinary":"AQID"}}\
        """;
    Attributes dataSet = read(json, new DicomJsonReader(resolver));
    assertThat(asked).containsExactly("7FE00010 OW ../bulk/1");
    assertThat(dataSet.getBytes(Tag.PixelData).orElseThrow()).containsExactly(1, 2);
    assertThat(dataSet.getBytes(0x00091001).orElseThrow()).containsExactly(1, 2, 3);
    assertThat(read(json).contains(Tag.PixelData)).isFalse();
  }

  /** Members of JSON objects have no order, and vr may be left to the dictionary. */
  @Test
  void givenTheVrLastOrNot_whenRead_thenValuesAreUnderstood() throws IOException {
    Attributes dataSet =
        read(
            """
            {"00081140":{"Value":[{"00081155":{"Value":["1.2"],"vr":"UI"}}],"vr":"SQ"},
             "00091002":{"Value":[{"00080060":{"Value":["CT"]}}],"vr":"SQ"},
             "00100010":{"Value":[{"Alphabetic":"A"}],"vr":"PN"},
             "00280010":{"Value":[5],"name":{"of":["Rows"]}}}\
            """);
    assertThat(dataSet.getItem(Tag.ReferencedImageSequence).orElseThrow().getString(0x00081155))
        .contains("1.2");
    assertThat(dataSet.getItem(0x00091002).orElseThrow().getString(Tag.Modality)).contains("CT");
    assertThat(dataSet.getString(Tag.PatientName)).contains("A");
    assertThat(dataSet.getInt(Tag.Rows)).hasValue(5);
  }

  @Test
  void givenAnArray_whenRead_thenDataSetsComeOneByOne() throws IOException {
    List<String> ids = new ArrayList<>();
    byte[] json =
        "[{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"1\"]}},{}]".getBytes(StandardCharsets.UTF_8);
    new DicomJsonReader(BulkDataResolver.LEAVE_OUT)
        .readAll(
            new ByteArrayInputStream(json),
            dataSet -> ids.add(dataSet.getString(Tag.PatientID, "none")));
    assertThat(ids).containsExactly("1", "none");
  }

  // ---- hostile input

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`xyz`:{}}|is no tag",
        "{`FFFEE000`:{}}|is no tag",
        "{`00100020`:5}|is no object",
        "{`00100020`:{`vr`:`LO`},`00100020`:{`vr`:`LO`}}|stands twice",
        "{`00080005`:{`vr`:`CS`},`00080005`:{`vr`:`CS`}}|stands twice",
        "{`00100020`:{`vr`:`L`}}|VR that doesn't exist",
        "{`00100020`:{`vr`:{}}}|in the place of a string",
        "{`00100020`:{`vr`:`LO`,`Value`:`1`}}|no array",
        "{`00100020`:{`vr`:`LO`,`Value`:[[]]}}|no string, number or object",
        "{`00100020`:{`vr`:`LO`,`Value`:[true]}}|no string, number or object",
        "{`00100020`:{`vr`:`LO`,`Value`:[`a\\\\b`]}}|backslash",
        "{`00104000`:{`vr`:`LT`,`Value`:[`a`,`b`]}}|several values",
        "{`00100020`:{`vr`:`LO`,`Value`:[],`Value`:[]}}|two Values",
        "{`00100020`:{`vr`:`LO`,`InlineBinary`:`AAAA`}}|InlineBinary",
        "{`7FE00010`:{`vr`:`OW`,`InlineBinary`:`AAAA`,`BulkDataURI`:`u`}}|more than one",
        "{`7FE00010`:{`vr`:`OW`,`InlineBinary`:5}}|no string",
        "{`7FE00010`:{`vr`:`OW`,`InlineBinary`:`%`}}|no JSON",
        "{`7FE00010`:{`vr`:`OW`,`Value`:[1]}}|no such values",
        "{`7FE00010`:{`vr`:`OW`,`DataFragment`:[]}}|fragments",
        "{`00280010`:{`vr`:`US`,`Value`:[65536]}}|can't hold",
        "{`00280010`:{`vr`:`US`,`Value`:[-1]}}|can't hold",
        "{`00280010`:{`vr`:`US`,`Value`:[1e999999999]}}|no integer",
        "{`00280010`:{`vr`:`US`,`Value`:[1.5]}}|no integer",
        "{`00189461`:{`vr`:`FL`,`Value`:[1e39]}}|no number",
        "{`00189461`:{`vr`:`FL`,`Value`:[1,null]}}|empty value",
        "{`00280009`:{`vr`:`AT`,`Value`:[`x`]}}|no tag",
        "{`00100010`:{`vr`:`PN`,`Value`:[{`Latin`:`x`}]}}|group that doesn't exist",
        "{`00100010`:{`vr`:`PN`,`Value`:[{`Alphabetic`:`x=y`}]}}|equals sign",
        "{`00100010`:{`Value`:[{`00100010`:{}}],`vr`:`PN`}}|isn't of VR SQ",
        "{`00081140`:{`vr`:`SQ`,`Value`:[`1`]}}|no items",
        "{`00100020`:{`vr`:`LO`|no JSON",
        "{} {}|something follows",
        "[{},5]|something else",
        "5|neither a data set nor"
      })
  void givenWhatIsNotTheModel_whenRead_thenTheErrorSaysWhereAndWhy(String json, String reason) {
    assertThatThrownBy(() -> read(json.replace('`', '"')))
        .isInstanceOf(DicomJsonException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("at line 1, column ");
  }

  @Test
  void givenAnErrorInAnItem_whenRead_thenItsPathIsSaid() {
    String json =
        "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[{},{\"00280010\":{\"vr\":\"US\",\"Value\":[\"x\"]}}]}}";
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            DicomJsonException.class, e -> assertThat(e.path()).isEqualTo("00081140/2/00280010"));
  }

  @ParameterizedTest
  @ValueSource(ints = {66, 5_000_000})
  void givenSequencesTooDeep_whenRead_thenTheyAreRefused(int depth) {
    InputStream in = new Repeating("{\"00081140\":{\"vr\":\"SQ\",\"Value\":[", depth);
    assertThatThrownBy(
            () -> new DicomJsonReader(BulkDataResolver.LEAVE_OUT).readAll(in, dataSet -> {}))
        .isInstanceOf(DicomJsonException.class)
        .hasMessageContaining("deeper");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null,", "\"0123456789012345678901234567890123456789\",", "{},"})
  void givenValuesWithoutEnd_whenRead_thenTheyAreRefusedInTime(String value) {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream("{\"00081140\":{\"Value\":[".getBytes()),
            new Repeating(value, Integer.MAX_VALUE));
    ModelLimits limits = new ModelLimits(64, 1000, 1 << 20);
    assertThatThrownBy(() ->
            new DicomJsonReader(BulkDataResolver.LEAVE_OUT, limits).readAll(in, dataSet -> {}))
        .isInstanceOf(DicomJsonException.class)
        .hasMessageMatching(".*(bytes of values|elements and items|too many values).*");
  }

  @Test
  void givenInlineBytesWithoutEnd_whenRead_thenNoMoreThanTheLimitIsKept() {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream("{\"7FE00010\":{\"InlineBinary\":\"".getBytes()),
            new SequenceInputStream(
                new Repeating("AAAA", 1 << 20), new ByteArrayInputStream("\"}}".getBytes())));
    ModelLimits limits = new ModelLimits(64, 1000, 1 << 20);
    assertThatThrownBy(() ->
            new DicomJsonReader(BulkDataResolver.LEAVE_OUT, limits).readAll(in, dataSet -> {}))
        .isInstanceOf(DicomJsonException.class)
        .hasMessageContaining("bytes of values");
  }

  @Test
  void givenMoreElementsThanAllowed_whenRead_thenTheyAreRefused() {
    ModelLimits limits = new ModelLimits(64, 1, 1000);
    assertThatThrownBy(() ->
            read(
                "{\"00100020\":{},\"00100030\":{}}",
                new DicomJsonReader(BulkDataResolver.LEAVE_OUT, limits)))
        .hasMessageContaining("00100030 is beyond 1 elements");
  }

  private static Attributes read(String json) throws IOException {
    return read(json, new DicomJsonReader(BulkDataResolver.LEAVE_OUT));
  }

  private static Attributes read(String json, DicomJsonReader reader) throws IOException {
    List<Attributes> found = new ArrayList<>();
    reader.readAll(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), found::add);
    return found.getFirst();
  }

  /** The same text again and again. */
  private static final class Repeating extends InputStream {
    private final byte[] text;
    private final long length;
    private long at;

    Repeating(String text, int times) {
      this.text = text.getBytes(StandardCharsets.UTF_8);
      this.length = (long) this.text.length * times;
    }

    @Override
    public int read() {
      return at == length ? -1 : text[(int) (at++ % text.length)];
    }
  }
}
