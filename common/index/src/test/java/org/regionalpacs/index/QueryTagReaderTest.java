package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.PrivateBlock;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** What is taken out of headers for extended query tags (PS3.5 6.2, 7.8). */
class QueryTagReaderTest {
  private static final int PRIVATE = 0x00091003;
  private static final String CREATOR = "ACME 1.1";

  @ParameterizedTest(name = "PS3.5 6.2 {0} {1}")
  @CsvSource({
    "LO, ' Tube 7 ', Tube 7",
    "CS, AXIAL, AXIAL",
    "UI, 1.2.3, 1.2.3",
    "DA, 20260102, 20260102",
    "DA, 2026.01.02, 20260102",
    "TM, 1234, 123400.000000",
    "DT, 20260102030405+0100, 20260102020405.000000",
    "DT, 2026, 20260101000000.000000",
    "PN, Müller^Jörg, muller^jorg",
    "DS, 1.5e2, 150.0",
    "IS, -7, -7.0",
  })
  void givenAValueOfAVr_whenRead_thenItIsComparedAs(VR vr, String raw, String compared) {
    Attributes header = utf8().setString(Tag.PatientComments, vr, raw);

    QueryTagReading reading = read(tag(vr, "", Tag.PatientComments), header);

    assertThat(reading.problem()).isEmpty();
    assertThat(compared(reading)).containsExactly(compared);
    assertThat(reading.values().getFirst().shown()).isEqualTo(raw.strip());
  }

  @ParameterizedTest(name = "PS3.5 6.2 {0} {1}")
  @CsvSource({
    "DA, tomorrow",
    "DA, 20261301",
    "TM, noon",
    "DT, 20",
    "DS, 1d",
    "DS, NaN",
    "DS, 1e999999999",
    "IS, 0x10",
    "DS, 111111111111111111111111111111111111111111"
  })
  void givenAValueThatItsVrDoesNotAllow_whenRead_thenThatIsSaid(VR vr, String raw) {
    // As LO, that it is kept as it was sent.
    Attributes header = utf8().setString(Tag.PatientComments, VR.LO, raw);

    QueryTagReading reading = read(tag(vr, "", Tag.PatientComments), header);

    assertThat(reading.values()).isEmpty();
    assertThat(reading.problem()).contains(vr.name()).doesNotContain(raw);
  }

  @Test
  void givenSeveralValues_whenRead_thenEachIsOneAndTooManyAreCut() {
    Attributes header = utf8().setString(Tag.ImageType, VR.CS, "ORIGINAL", "", "AXIAL");
    assertThat(compared(read(tag(VR.CS, "", Tag.ImageType), header)))
        .containsExactly("ORIGINAL", "AXIAL");

    String[] many = new String[1000];
    java.util.Arrays.fill(many, "X");
    header.setString(Tag.ImageType, VR.CS, many);
    assertThat(read(tag(VR.CS, "", Tag.ImageType), header).values()).hasSize(16);
  }

  @Test
  void givenAPrivateAttribute_whenRead_thenByItsCreatorWhereverItsBlockIs() {
    Attributes header = utf8();
    PrivateBlock.reserve(header, 0x0009, "SOMEBODY ELSE");
    PrivateBlock block = PrivateBlock.reserve(header, 0x0009, CREATOR);
    assertThat(block.block()).isEqualTo(0x11);
    header.setString(block.tag(3), VR.LO, "seven");
    header.setString(PRIVATE, VR.LO, "not ours");

    assertThat(compared(read(tag(VR.LO, CREATOR, PRIVATE), header))).containsExactly("seven");
    assertThat(read(tag(VR.LO, "NOBODY", PRIVATE), header).found()).isFalse();
  }

  @Test
  void givenAnAttributeOfUnknownVr_whenRead_thenTheTagSaysWhatItsBytesAre() {
    Attributes header = utf8();
    PrivateBlock block = PrivateBlock.reserve(header, 0x0009, CREATOR);
    header.setBytes(block.tag(3), VR.UN, "王小东 ".getBytes(StandardCharsets.UTF_8));
    header.setBytes(block.tag(4), VR.UN, new byte[] {2, 1});

    assertThat(compared(read(tag(VR.LO, CREATOR, PRIVATE), header))).containsExactly("王小东");
    assertThat(compared(read(tag(VR.US, CREATOR, PRIVATE + 1), header))).containsExactly("258.0");
  }

  @Test
  void givenItemsOfASequence_whenRead_thenOfEachItem() {
    Attributes header = utf8();
    var items = header.newSequence(Tag.RequestAttributesSequence);
    items.addItem().setString(Tag.ScheduledProcedureStepID, VR.SH, "S1");
    items.addItem();
    items.addItem().setString(Tag.ScheduledProcedureStepID, VR.SH, "S2");
    QueryTag tag = tag(VR.SH, "", Tag.RequestAttributesSequence, Tag.ScheduledProcedureStepID);

    assertThat(compared(read(tag, header))).containsExactly("S1", "S2");
    assertThat(read(tag, utf8()).found()).isFalse();
    // A sequence's tag with something else in it.
    assertThat(
            read(tag, utf8().setString(Tag.RequestAttributesSequence, VR.LO, "no items")).found())
        .isFalse();
  }

  @Test
  void givenAMomentWithoutOffset_whenRead_thenItIsInTheTimezoneOfTheObject() {
    Attributes header =
        utf8()
            .setString(Tag.TimezoneOffsetFromUTC, "+0800")
            .setString(Tag.AcquisitionDateTime, VR.DT, "20260102070000");

    assertThat(compared(read(tag(VR.DT, "", Tag.AcquisitionDateTime), header)))
        .containsExactly("20260101230000.000000");
  }

  private static Attributes utf8() {
    return new Attributes().setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
  }

  private static QueryTag tag(VR vr, String creator, Integer... path) {
    return new QueryTag("default", 1, List.of(path), creator, vr, QueryTagLevel.SERIES);
  }

  private static QueryTagReading read(QueryTag tag, Attributes header) {
    return QueryTagReader.read(List.of(tag), header).getFirst();
  }

  private static List<String> compared(QueryTagReading reading) {
    return reading.values().stream()
        .map(value ->
            value
                .text()
                .or(value::name)
                .orElseGet(() -> Double.toString(value.number().getAsDouble())))
        .toList();
  }
}
