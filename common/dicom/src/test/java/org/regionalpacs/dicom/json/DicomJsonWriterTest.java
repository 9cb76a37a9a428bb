package org.regionalpacs.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The DICOM JSON model by the sections of PS3.18 Annex F. */
class DicomJsonWriterTest {

  @Test
  void f221_personNamesAreSplitIntoGroups() {
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    dataSet.setString(Tag.PatientName, "Wang^XiaoDong=王^小东=");
    assertThat(json(dataSet))
        .isEqualTo(
            "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},\"00100010\":{\"vr\":\"PN\","
                + "\"Value\":[{\"Alphabetic\":\"Wang^XiaoDong\",\"Ideographic\":\"王^小东\"}]}}");
  }

  @Test
  void f223_numbersKeepTheirDigitsAndWhatIsNoneIsAString() {
    Attributes dataSet =
        new Attributes()
            .setString(Tag.PixelSpacing, "+00.50", ".5", "1.", "12,5", "1e-3", "")
            .setString(Tag.InstanceNumber, "007");
    assertThat(json(dataSet)).contains("[0.50,0.5,1,\"12,5\",1e-3,null]").contains("\"Value\":[7]");
  }

  @Test
  void f225_emptyElementsHaveAVrOnlyAndAttributeTagsAreHexadecimal() {
    Attributes dataSet =
        new Attributes()
            .setEmpty(Tag.AccessionNumber)
            .setString(Tag.FrameIncrementPointer, "00181063");
    dataSet.newSequence(Tag.ProcedureCodeSequence);
    assertThat(json(dataSet))
        .isEqualTo(
            "{\"00080050\":{\"vr\":\"SH\"},\"00081032\":{\"vr\":\"SQ\"},"
                + "\"00280009\":{\"vr\":\"AT\",\"Value\":[\"00181063\"]}}");
  }

  @Test
  void f226_bulkDataIsNamedByItsPathAndSmallBytesStandInline() {
    Attributes dataSet = new Attributes(true);
    dataSet
        .newSequence(Tag.IconImageSequence)
        .addItem()
        .set(Tag.PixelData, VR.OW, new BulkData(10, 2000));
    dataSet.setBytes(Tag.RedPaletteColorLookupTableData, VR.OW, new byte[] {1, 2});
    BulkDataUris uris =
        (path, vr, length) -> length > 100 ? Optional.of("bulk/" + path) : Optional.empty();
    assertThat(json(dataSet, uris))
        .contains("\"BulkDataURI\":\"bulk/00880200/1/7FE00010\"")
        .contains("\"InlineBinary\":\"AgE=\"");
  }

  private static String json(Attributes dataSet) {
    return json(dataSet, BulkDataUris.NONE);
  }

  private static String json(Attributes dataSet, BulkDataUris uris) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = new JsonMapper().createGenerator(out)) {
      new DicomJsonWriter(generator, uris).writeDataSet(dataSet);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
