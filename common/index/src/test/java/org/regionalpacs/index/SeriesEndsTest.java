package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.SeriesEnds.Ends;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SeriesEndsTest {
  private static final String TENANT = "default";

  @Autowired IndexWriter writer;
  @Autowired SeriesEnds ends;

  private final String study = UID.generate();
  private final List<IndexedInstance> objects = new ArrayList<>();

  @Test
  void givenInstances_thenItsEndsAreThoseByInstanceNumber() {
    object(series("1", "CT", "1"), "a", "10");
    object(series("1", "CT", "1"), "b", "9");
    object(series("1", "CT", "1"), "c", "100");

    Ends found = first();

    assertThat(found.first()).isEqualTo(study + ".b");
    assertThat(found.last()).isEqualTo(study + ".c");
    assertThat(found.modality()).isEqualTo("CT");
    assertThat(found.rows()).isEqualTo(512);
    assertThat(found.columns()).isEqualTo(256);
  }

  @Test
  void givenInstancesWithoutANumber_thenTheyComeFirst() {
    object(series("1", "CT", "1"), "b", "1");
    object(series("1", "CT", "1"), "c", "");
    object(series("1", "CT", "1"), "a", "");

    assertThat(first().first()).isEqualTo(study + ".a");
    assertThat(first().last()).isEqualTo(study + ".b");
  }

  @Test
  void givenReports_thenOnlyASeriesOfImagesCounts() {
    object(series("1", "SR", "1"), "a", "1");
    object(series("2", "SEG", "2"), "b", "1");
    writer.index(List.copyOf(objects));
    assertThat(ends.ofFirst(TENANT, study)).isEmpty();
    object(series("9", "MR", "9"), "c", "1");

    assertThat(first().series()).isEqualTo(study + ".9");
  }

  @Test
  void givenNumbers_thenTheSmallestIsFirst_andThoseWithoutAreBeforeIt() {
    object(series("1", "CT", "10"), "a", "1");
    object(series("2", "CT", "9"), "b", "1");
    assertThat(first().series()).isEqualTo(study + ".2");

    object(series("3", "CT", ""), "c", "1");

    assertThat(first().series()).isEqualTo(study + ".3");
  }

  @Test
  void givenTheSameNumber_thenTheEarlierIsFirst() {
    object(series("1", "CT", "2"), "a", "1");
    object(series("2", "CT", "2").with(Tag.SeriesDate, "20260102"), "b", "1");
    object(
        series("3", "CT", "2").with(Tag.SeriesDate, "20260102").with(Tag.SeriesTime, "0800"),
        "c",
        "1");

    assertThat(first().series()).isEqualTo(study + ".3");
  }

  @Test
  void givenNoSuchStudyOrAnotherTenants_thenNone() {
    object(series("1", "CT", "1"), "a", "1");
    assertThat(first().first()).isEqualTo(first().last());

    assertThat(ends.ofFirst(TENANT, UID.generate())).isEmpty();
    assertThat(ends.ofFirst("other", study)).isEmpty();
  }

  private Sample series(String uid, String modality, String number) {
    return Sample.of(study)
        .series(study + "." + uid)
        .with(Tag.Modality, modality)
        .with(Tag.SeriesNumber, number)
        .with(Tag.Rows, 512)
        .with(Tag.Columns, 256);
  }

  private void object(Sample sample, String sop, String number) {
    objects.add(sample.sop(study + "." + sop).with(Tag.InstanceNumber, number).build());
  }

  private Ends first() {
    writer.index(List.copyOf(objects));
    objects.clear();
    return ends.ofFirst(TENANT, study).orElseThrow();
  }
}
