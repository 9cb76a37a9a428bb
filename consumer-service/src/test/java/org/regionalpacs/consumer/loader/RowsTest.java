package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.warehouse.Row;

class RowsTest {
  private static final String STATE =
      """
      {"SchemaVersion":2,"Tenant":"t","StudyInstanceUID":"1.2","SeriesInstanceUID":"1.2.3",
       "PatientID":"P","Modality":"CT","StudyDate":"20260101","ChangeNumber":3,
       "Changed":"2026-03-31T23:59:59.123Z","FirstReceived":"2026-03-29T00:00:00Z"}
      """;
  private static final String IMAGE =
      """
      {"SchemaVersion":1,"ReceptionID":"019ac000-0000-7000-8000-000000000001","Tenant":"t",
       "StudyInstanceUID":"1.2","SeriesInstanceUID":"1.2.3","SOPInstanceUID":"1.2.3.4",
       "FileSize":5,"ReceivedTime":"2026-03-31T23:59:59.123Z",
       "IndexedTime":"2026-04-01T00:00:00Z","Attributes":{}}
      """;

  @Test
  void givenAState_whenReadInEachVersion_thenItsDayIsThatOfTheFirstReception() throws Exception {
    Row row = state(STATE);
    assertThat(row.value("received_day")).contains(LocalDate.parse("2026-03-29"));
    assertThat(row.value("study_date")).contains(LocalDate.parse("2026-01-01"));
    assertThat(row.value("change_number")).contains(3L);
    assertThat(row.value("changed")).contains(Instant.parse("2026-03-31T23:59:59.123Z"));

    String version1 =
        STATE.replace("n\":2", "n\":1").replaceFirst(",\"FirstReceived\":\"[^\"]*\"", "");
    assertThat(state(version1).value("received_day")).contains(LocalDate.parse("2026-03-31"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tenant", "StudyInstanceUID", "SeriesInstanceUID", "Changed"})
  void givenAStateWithoutWhatIsRequired_whenRead_thenTheReasonNamesIt(String member) {
    String without = STATE.replaceFirst("\"" + member + "\":\"[^\"]*\",", "");
    // Version 2 tells the day; without it and without the change there is none.
    assertThatThrownBy(() -> state(without))
        .isInstanceOf(UnusableRecordException.class)
        .hasMessageContaining(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReceptionID",
        "Tenant",
        "StudyInstanceUID",
        "SeriesInstanceUID",
        "SOPInstanceUID",
        "ReceivedTime",
        "IndexedTime"
      })
  void givenAnImageWithoutWhatIsRequired_whenRead_thenTheReasonNamesIt(String member) {
    String without = IMAGE.replaceFirst("\"" + member + "\":\"[^\"]*\",", "");
    assertThatThrownBy(() -> image(without))
        .isInstanceOf(UnusableRecordException.class)
        .hasMessageContaining(member);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 3})
  void givenAVersionThatNobodyKnows_whenRead_thenItIsRefused(int version) {
    assertThatThrownBy(() -> state(STATE.replace("n\":2", "n\":" + version)))
        .hasMessageContaining("SchemaVersion");
    assertThatThrownBy(() -> image(IMAGE.replace("n\":1", "n\":" + version)))
        .hasMessageContaining("SchemaVersion");
  }

  @Test
  void givenATenantThatWouldBeCut_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> image(IMAGE.replace("\"t\"", "\"" + "t".repeat(65) + "\"")))
        .hasMessageContaining("a usable Tenant");
  }

  @Test
  void givenAnImageWithoutAttributes_whenRead_thenItHasARow() throws Exception {
    assertThat(image(IMAGE.replace("{}", "null")).value("received_day"))
        .contains(LocalDate.parse("2026-03-31"));
  }

  @ParameterizedTest
  @CsvSource({
    "KVP, 120, 120",
    "KVP, ' +1.2E2 ', 1.2E+2",
    "KVP, 1E-999999999, 0",
    "KVP, 0.0000000015, 0.000000002",
    "KVP, 1E+999999999, ",
    "KVP, 1000000000000000000, ",
    "KVP, 999999999999999999.9999999999, ",
    "KVP, NaN, ",
    "KVP, '', ",
    "KVP, '120,5', ",
    "KVP, '\\3', ",
  })
  void givenANumber_whenRead_thenItFitsOrThereIsNone(String keyword, String text, String number) {
    DicomTexts texts = new DicomTexts(Map.of(keyword, text));
    Optional<BigDecimal> expected = Optional.ofNullable(number).map(BigDecimal::new);
    assertThat(texts.number(keyword).map(BigDecimal::stripTrailingZeros))
        .isEqualTo(expected.map(BigDecimal::stripTrailingZeros));
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "5.0, 5", "5.5, ", "2147483648, ", "-2147483648, -2147483648", "7\\8, 7"})
  void givenAWholeNumber_whenRead_thenItFitsOrThereIsNone(String text, Integer number) {
    assertThat(new DicomTexts(Map.of("Rows", text)).integer("Rows"))
        .isEqualTo(Optional.ofNullable(number));
  }

  @ParameterizedTest
  @CsvSource({
    "20260331, 2026-03-31",
    "2026.03.31, 2026-03-31",
    "20260230, ",
    "00000101, ",
    "2026, ",
    "yesterday, "
  })
  void givenADay_whenRead_thenItIsOneOrThereIsNone(String text, LocalDate day) {
    assertThat(DicomTexts.day(text)).isEqualTo(Optional.ofNullable(day));
  }

  @ParameterizedTest
  @CsvSource({
    "20260331235959.123456+0100, , , , 2026-03-31T22:59:59.123456Z",
    "20260331235959, , , -0330, 2026-04-01T03:29:59Z",
    "202603312359, 20200101, 10, , 2026-03-31T23:59:00Z",
    "20260331, 20200101, 101112.5, , 2020-01-01T10:11:12.500Z",
    "20260331+0100, , , , ",
    "nonsense, 20200101, 10, +0100, 2020-01-01T09:00:00Z",
    ", 20200101, , , ",
    ", , 10, , ",
    ", 00000101, 10, , ",
    ", 20200101, 10, nonsense, 2020-01-01T10:00:00Z",
    "99991231235959-0100, , , , "
  })
  void givenAnAcquisition_whenRead_thenItIsInUtc(
      String dateTime, String date, String time, String zone, Instant moment) {
    Map<String, String> texts = new java.util.HashMap<>();
    texts.put("AcquisitionDateTime", dateTime);
    texts.put("AcquisitionDate", date);
    texts.put("AcquisitionTime", time);
    texts.put("TimezoneOffsetFromUTC", zone);
    assertThat(new DicomTexts(texts).acquired()).isEqualTo(Optional.ofNullable(moment));
  }

  @Test
  void givenDoseInOtherUnits_whenRead_thenItIsInThoseOfTheColumns() throws Exception {
    Row row =
        image(
            IMAGE.replace(
                "{}",
                "{\"XRayTubeCurrentInuA\":\"1500\",\"ExposureInmAs\":\"2.5\","
                    + "\"ExposureTime\":\"8\",\"ExposureTimeInuS\":\"9000\"}"));
    assertThat(row.value("tube_current")).contains(new BigDecimal("1.500"));
    assertThat(row.value("exposure")).contains(new BigDecimal("2.5"));
    assertThat(row.value("exposure_time")).contains(new BigDecimal("8"));
  }

  private static Row state(String json) throws UnusableRecordException {
    return new StateRows().read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Row image(String json) throws UnusableRecordException {
    return new ImageRows().read(json.getBytes(StandardCharsets.UTF_8));
  }
}
