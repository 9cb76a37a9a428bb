package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.warehouse.WarehouseTable;

class BoundaryTest {
  private static final Boundary SPLIT =
      new Boundary(
          List.of(149L, 199L),
          Map.of(WarehouseTable.WADO_ACCESS_LOG, 199L, WarehouseTable.CONVERSION_RECORD, 149L));

  @Test
  void givenABoundary_whenCommittedAndRead_thenItIsTheSame() {
    assertThat(SPLIT.text()).isEqualTo("until=149,199 conversion_record=149 wado_access_log=199");
    assertThat(Progress.of(new Progress(100, SPLIT).commit())).isEqualTo(new Progress(100, SPLIT));
    assertThat(Progress.of(Progress.at(7).commit())).isEqualTo(Progress.at(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "something",
        "until=",
        "until=x",
        "until=99999999999999999999",
        "until=1,,2",
        "until=9999999999999999999",
        "until=5;wado_access_log=5"
      })
  void givenOtherMetadata_whenRead_thenNoBatchHasBegun(String metadata) {
    assertThat(Boundary.parse(metadata)).isEqualTo(Boundary.NONE);
  }

  @Test
  void givenABoundaryBeforeItsOffset_whenRead_thenNoBatchHasBegun() {
    assertThat(Progress.of(new OffsetAndMetadata(200, "until=199"))).isEqualTo(Progress.at(200));
  }

  @Test
  void givenTheLargestBatchHalvedToTheLast_whenWritten_thenKafkaTakesIt() {
    Progress progress = Progress.at(Long.MAX_VALUE - 2_000_000).until(Long.MAX_VALUE - 1);
    while (progress.boundary().last() > progress.position()) {
      progress = progress.split(Set.of(WarehouseTable.values()));
    }
    assertThat(progress.commit().metadata()).hasSizeLessThan(4096);
    assertThat(Progress.of(progress.commit())).isEqualTo(progress);
  }

  @Test
  void givenASplit_whenItsHalvesAreLoaded_thenTheWholeIs() {
    Progress progress = Progress.at(10).until(13).split(Set.of());
    assertThat(progress.boundary().ends()).containsExactly(11L, 13L);
    progress = progress.loaded();
    assertThat(progress).isEqualTo(Progress.at(12).until(13));
    assertThat(progress.loaded()).isEqualTo(Progress.at(14));
  }

  @Test
  void givenATableThatHasTheWhole_whenHalvesComeUp_thenItHasThemToo() {
    Boundary boundary = Boundary.until(13).split(10, Set.of(WarehouseTable.WADO_ACCESS_LOG));
    assertThat(boundary.has(WarehouseTable.WADO_ACCESS_LOG)).isTrue();
    assertThat(boundary.rest().has(WarehouseTable.WADO_ACCESS_LOG)).isTrue();
    assertThat(boundary.has(WarehouseTable.CONVERSION_RECORD)).isFalse();
  }
}
