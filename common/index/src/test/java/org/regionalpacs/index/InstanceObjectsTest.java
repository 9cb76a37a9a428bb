package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceObjectsTest {
  @Autowired JdbcClient jdbc;
  @Autowired InstanceObjects objects;

  @BeforeAll
  void fill() {
    for (String statement :
        List.of(
            """
            insert into instance (tenant, study_uid, series_uid, sop_uid, reception_id, sop_class,
                   transfer_syntax, digest, size, data_set_offset, received)
            select 'default', 'st' || n / 20, 'se' || n / 10, 'so' || n,
                   lpad(to_hex(n), 32, '0')::uuid, '', '', '', 1, 0, now()
              from generate_series(1, 1000) n
            on conflict do nothing
            """,
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            select 'default', lpad(to_hex(n), 32, '0')::uuid, store, '', '', 1,
                   case when n = 347 and store = 'online' then 'evicted' else 'available' end
              from generate_series(1, 1000) n, unnest(array['online', 'local']) store
            on conflict do nothing
            """)) {
      jdbc.sql(statement).update();
    }
  }

  @Test
  void aSeriesComesWithAllItsLocations() {
    List<InstanceObject> series = objects.ofSeries("default", "st18", "se36");
    assertThat(series).hasSize(10);
    assertThat(series).allSatisfy(object -> assertThat(object.locations()).hasSize(2));
    assertThat(objects.ofStudy("default", "st17")).hasSize(20);
    assertThat(objects.find("default", "st17", "se34", "so345")).isPresent();
    assertThat(objects.find("default", "st17", "se34", "so1")).isEmpty();
  }

  @Test
  void aPlaceThatWasEvictedIsNone() {
    assertThat(objects.find("default", "st17", "se34", "so347").orElseThrow().locations())
        .extracting(ObjectLocation::store)
        .containsExactly("local");
  }
}
