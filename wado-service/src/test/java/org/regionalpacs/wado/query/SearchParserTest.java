package org.regionalpacs.wado.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.wado.web.BadParameterException;

/** PS3.18 8.3.4: what parameters mean, and which aren't understood. */
class SearchParserTest {
  private static final Target STUDIES = new Target(Level.STUDY, Optional.empty(), Optional.empty());

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "StudyDate, 2020",
    "StudyDate, 20201301",
    "StudyDate, 20200101-20190101",
    "StudyDate, -",
    "StudyDate, yesterday",
    "StudyTime, 2500",
    "StudyTime, 1200-1100",
    "TimezoneOffsetFromUTC, +2500",
    "TimezoneOffsetFromUTC, Berlin",
    "StudyInstanceUID, 1..2",
    "StudyInstanceUID, '1.2,/etc'",
    "SeriesNumber, one",
    "limit, -1",
    "limit, many",
    "limit, 99999999999999999999",
    "offset, 1.5",
    "fuzzymatching, perhaps",
    "includefield, NoSuchAttribute"
  })
  void givenAParameterThatIsNotWellFormed_thenItIsNamed(String name, String value) {
    assertThatThrownBy(() -> parse(name, value))
        .isInstanceOfSatisfying(
            BadParameterException.class, e -> assertThat(e.parameter()).isEqualTo(name));
  }

  /** PS3.18 8.3: unsupported parameters are ignored; what they are called goes into a header. */
  @ParameterizedTest
  @CsvSource({
    "NoSuchAttribute, parameter NoSuchAttribute;",
    "0010001, parameter 0010001;",
    "PatientName.NoSuchAttribute, parameter PatientName.NoSuchAttribute;",
    "_, parameter _;",
    "'a\nSet-Cookie: b', A parameter whose name is none",
    "Patientenname\u00e4, A parameter whose name is none",
    "'', A parameter whose name is none"
  })
  void givenAParameterThatIsNotKnown_thenItIsIgnoredWithAWarning(String name, String warning) {
    Search search = parse(name, "x");

    assertThat(search.conditions()).isEqualTo(parse("limit", "1").conditions());
    assertThat(search.warnings()).singleElement().asString().contains(warning);
  }

  @ParameterizedTest
  @CsvSource({
    "IssuerOfPatientID, x",
    "PatientSex, F",
    "SeriesNumber, 1",
    "SeriesTime, 1200-",
    "PerformedProcedureStepStartTime, 1200",
    "InstitutionName, x",
    "SOPClassUID, 1.2.3",
    "InstanceNumber, 1",
    "AvailableTransferSyntaxUID, 1.2.3",
    "Rows, 512",
    "AccessionNumber, *12*",
    "StudyDescription, ?ab",
    "Modality, C*",
    "ModalitiesInStudy, C*",
    "RequestAttributesSequence.ScheduledProcedureStepID, S*"
  })
  void givenAKeyThatNoIndexHelpsWith_thenAnotherIsAskedForUnlessThereIsOne(
      String name, String value) {
    assertThatThrownBy(() -> parse(name, value))
        .isInstanceOf(BadParameterException.class)
        .hasMessageContaining("add a key such as StudyDate");
    assertThat(parse(name, value, "StudyDate", "20200101").conditions()).isNotEmpty();
    Target inStudy = new Target(Level.SERIES, Optional.of("1.2.3"), Optional.empty());
    assertThat(parse(inStudy, name, value).conditions()).isNotEmpty();
  }

  /** Each of these has its plan tested. */
  @Test
  void givenTheKeysThatMayStandAlone_thenTheyAreThoseWithAnIndex() {
    assertThat(
            Arrays.stream(MatchKey.values())
                .filter(key -> key.reach() == Reach.INDEXED)
                .map(MatchKey::keyword))
        .containsExactlyInAnyOrder(
            "PatientName",
            "PatientID",
            "PatientBirthDate",
            "StudyInstanceUID",
            "StudyDate",
            "StudyTime",
            "AccessionNumber",
            "StudyID",
            "StudyDescription",
            "ReferringPhysicianName",
            "ModalitiesInStudy",
            "SOPClassesInStudy",
            "SeriesInstanceUID",
            "Modality",
            "SeriesDescription",
            "SeriesDate",
            "PerformedProcedureStepStartDate",
            "SOPInstanceUID");
  }

  @Test
  void givenAValueThatWouldMakeAVastStatement_thenItIsRefused() {
    for (String vast : List.of("=a".repeat(9), "a ".repeat(200), "*a".repeat(200))) {
      assertThatThrownBy(() -> parse("PatientName", vast))
          .isInstanceOf(BadParameterException.class)
          .hasMessageContaining("256 characters");
    }
    String many =
        IntStream.range(0, 51).mapToObj(Integer::toString).collect(Collectors.joining("\\"));
    assertThatThrownBy(() -> parse("PatientID", many, "multiplevaluematching", "true"))
        .isInstanceOf(BadParameterException.class)
        .hasMessageContaining("50 values");
    assertThat(parse("PatientID", "\\", "multiplevaluematching", "true").conditions()).isEmpty();
  }

  @Test
  void givenOneAttributeTwice_thenThatIsSaid() {
    assertThatThrownBy(() -> parse("PatientID", "1", "00100020", "2"))
        .isInstanceOf(BadParameterException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PatientWeight",
        "00101030",
        "00091001",
        "ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate",
        "00081199.00081155",
        "SpecificCharacterSet"
      })
  void givenAnAttributeThatCanNotBeMatched_thenItIsIgnoredWithAWarning(String name) {
    Search search = parse(name, "x");

    assertThat(search.conditions()).isEmpty();
    assertThat(search.warnings()).singleElement().asString().contains(name);
  }

  @Test
  void givenAnEmptyValue_thenEverythingMatchesAndItIsReturned() {
    Search search = parse("StudyDescription", "");

    assertThat(search.conditions()).isEmpty();
    assertThat(search.selection().returns(Tag.StudyDescription, Level.STUDY)).isTrue();
  }

  @Test
  void givenIncludeFields_thenListsKeywordsAndHexAreUnderstood() {
    Search search = parse("includefield", "00081030,PatientAge", "offset", "5");

    assertThat(search.selection().included())
        .containsExactlyInAnyOrder(Tag.StudyDescription, Tag.PatientAge);
    assertThat(search.page()).isEqualTo(new Search.Page(5, 1000));
    assertThat(parse("includefield", "all").selection().all()).isTrue();
  }

  @Test
  void givenALimitAboveTheMost_thenItIsCutWithAWarning() {
    Search search = parse("limit", "20000");

    assertThat(search.page()).isEqualTo(new Search.Page(0, 10_000));
    assertThat(search.warnings()).hasSize(1);
  }

  @Test
  void givenValues_thenNoneBecomesPartOfTheStatement() {
    String hostile = "'; drop table study; --";
    Search search =
        parse("PatientName", hostile, "PatientID", hostile, "ModalitiesInStudy", hostile);
    Condition statement = SearchSql.of("default", search, search.page());

    assertThat(statement.sql()).doesNotContain("drop");
    assertThat(statement.parameters()).contains(hostile);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          smith     | smith, smith^%, smith=%, %=smith, %=smith^%, %=smith=%
          *sm?th*   | %sm_th%
          Müller^*  | muller^%, %=muller^%
          100%_\\*  | 100\\%\\_\\\\%, %=100\\%\\_\\\\%
          """)
  void givenAPersonName_thenEachGroupIsSearchedByComponent(String value, String patterns) {
    Condition condition = PersonNames.condition("name", value);

    assertThat(condition.parameters()).containsExactlyInAnyOrder((Object[]) patterns.split(", "));
  }

  @Test
  void givenTimes_thenWhatTheyLeaveOutIsFilled() {
    assertThat(DateTimeRanges.times("t", "StudyTime", "0930-10").parameters())
        .containsExactly("093000.000000", "105959.999999");
    assertThat(DateTimeRanges.times("t", "StudyTime", "093015.5").parameters())
        .containsExactly("093015.500000", "093015.599999");
    assertThat(DateTimeRanges.times("t", "StudyTime", "-12").parameters())
        .containsExactly("0", "125959.999999");
  }

  @Test
  void givenDates_thenEitherEndMayBeOpen() {
    assertThat(DateTimeRanges.dates("d", "StudyDate", "20200101-").parameters())
        .isEqualTo(List.of("20200101"));
    assertThat(DateTimeRanges.dates("d", "StudyDate", "-20200101").parameters())
        .isEqualTo(List.of("0", "20200101"));
  }

  /** PostgreSQL plans these once, and all others for the values that are asked for. */
  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource({
    "limit, 101, true",
    "StudyInstanceUID, 1.2.3, true",
    "StudyInstanceUID, '1.2.3,1.2.4', false",
    "PatientID, P77, true",
    "PatientID, P7*, false",
    "StudyID, 1, false",
    "ModalitiesInStudy, CT, false",
    "StudyDate, 20260101-, false",
    "PatientName, Doe, false"
  })
  void givenAKey_thenItIsSteadyWhereEveryValueFindsAFewRows(
      String name, String value, boolean steady) {
    assertThat(parse(name, value).steady()).isEqualTo(steady);
    assertThat(SearchSql.of("default", parse(name, value), new Search.Page(0, 102)).sql())
        .endsWith(steady ? " limit 102" : " limit ?");
  }

  @Test
  void givenASeriesSearch_thenOnlyWhatIsReturnedOrMatchedByIsRead() {
    Target series = new Target(Level.SERIES, Optional.of("1.2"), Optional.empty());

    assertThat(sql(parse(series, "includefield", "00080021,0008103E")))
        .doesNotContain("patient", "s.attributes,")
        .contains("se.attributes");
    assertThat(sql(parse(series, "includefield", "PatientName")))
        .contains("join patient", "p.attributes");
    assertThat(sql(parse(series, "includefield", "StudyDescription")))
        .doesNotContain("patient")
        .contains("s.attributes,");
    assertThat(sql(parse(series, "PatientID", "P77"))).contains("join patient");
    assertThat(sql(parse(series, "includefield", "all"))).contains("p.attributes", "s.attributes,");
  }

  private static String sql(Search search) {
    return SearchSql.of("default", search, new Search.Page(0, 10)).sql();
  }

  private static Search parse(String... namesAndValues) {
    return parse(STUDIES, namesAndValues);
  }

  private static Search parse(Target target, String... namesAndValues) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], new String[] {namesAndValues[i + 1]});
    }
    QueryProperties properties =
        new QueryProperties(1000, 10_000, Duration.ofSeconds(10), ZoneOffset.UTC);
    return SearchParser.parse(properties, target, parameters, TagKeys.of());
  }
}
