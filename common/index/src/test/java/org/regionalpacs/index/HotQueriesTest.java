package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The look-ups of every day must not read a whole table. */
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotQueriesTest {
  @Autowired JdbcClient jdbc;
  @Autowired InstanceObjects objects;

  @BeforeAll
  void fill() {
    for (String statement :
        List.of(
            """
            insert into patient select 'default', gen_random_uuid(), 'P' || n, '', 'name' || n,
                   'name' || md5(n::text), '19700101', 'F', '{}', gen_random_uuid()
              from generate_series(1, 20000) n
            """,
            """
            insert into study select 'default', 'st' || n, gen_random_uuid(),
                   to_char(date '2020-01-01' + n / 40, 'YYYYMMDD'), '', 'A' || n, '', '',
                   'description ' || md5(n::text), '{}', gen_random_uuid()
              from generate_series(1, 20000) n
            """,
            """
            insert into series (tenant, study_uid, series_uid, modality, series_date, series_time,
                   description, attributes, reception_id, change_number, counted_number)
            select 'default', 'st' || n / 2, 'se' || n, 'CT', '', '', '', '{}', gen_random_uuid(),
                   1, case when n % 1000 = 0 then 0 else 1 end
              from generate_series(1, 10000) n
            """,
            """
            insert into instance (tenant, study_uid, series_uid, sop_uid, reception_id, sop_class,
                   transfer_syntax, digest, size, data_set_offset, received)
            select 'default', 'st' || n / 20, 'se' || n / 10, 'so' || n,
                   lpad(to_hex(n), 32, '0')::uuid, '', '', '', 1, 0, now()
              from generate_series(1, 20000) n
            """,
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            select 'default', lpad(to_hex(n), 32, '0')::uuid, store, '', '', 1, 'available'
              from generate_series(1, 20000) n, unnest(array['online', 'local']) store
            """,
            // Vacuum moves new rows into the trigram indexes, as autovacuum does in time.
            "vacuum analyze")) {
      jdbc.sql(statement).update();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from study where tenant = 'default' and study_uid = 'st17'",
        "select * from study where tenant = 'default' order by tenant, study_date desc,"
            + " study_time desc, study_uid limit 100",
        "select * from study where tenant = 'default' and study_date between '20200301' and"
            + " '20200305'",
        "select * from study where tenant = 'default' and accession_number = 'A77'",
        "select * from patient where tenant = 'default' and patient_id = 'P77'",
        "select * from patient where tenant = 'default' and name_search like '%c4ca4238%'",
        "select * from study where description like '%c4ca4238%'",
        "select * from series where tenant = 'default' and study_uid = 'st17'",
        "select * from series where tenant = 'default' and series_uid = 'se17'",
        "select tenant, study_uid from series where counted_number < change_number order by"
            + " changed limit 20",
        "select * from instance where tenant = 'default' and study_uid = 'st17' and series_uid ="
            + " 'se34' order by instance_number, sop_uid",
        "select * from instance where tenant = 'default' and sop_uid = 'so17'",
        "select i.*, l.* from instance i left join location l on l.tenant = i.tenant and"
            + " l.reception_id = i.reception_id where i.tenant = 'default' and i.study_uid ="
            + " 'st17' and i.series_uid = 'se34'",
        "select * from location where tenant = 'default' and reception_id ="
            + " '00000000-0000-0000-0000-000000000011'",
      })
  void usesItsIndex(String query) {
    String plan = String.join("\n", jdbc.sql("explain " + query).query(String.class).list());
    assertThat(plan).doesNotContain("Seq Scan on");
  }

  @Test
  void batchesFindTheirRowsByIndex() {
    String keys =
        "unnest(array['default', 'default'], array['st1', 'st2'], array['se1', 'se2'],"
            + " array['so1', 'so2']) as r(tenant, study_uid, series_uid, sop_uid)";
    String plan =
        String.join(
            "\n",
            jdbc.sql(
                    "explain select * from "
                        + keys
                        + " join instance i using (tenant, study_uid, series_uid, sop_uid)")
                .query(String.class)
                .list());
    assertThat(plan).doesNotContain("Seq Scan on");
  }

  @Test
  void aSeriesComesWithAllItsLocations() {
    List<InstanceObject> series = objects.ofSeries("default", "st17", "se34");
    assertThat(series).hasSize(10);
    assertThat(series).allSatisfy(object -> assertThat(object.locations()).hasSize(2));
    assertThat(objects.ofStudy("default", "st17")).hasSize(20);
    assertThat(objects.find("default", "st17", "se34", "so345")).isPresent();
    assertThat(objects.find("default", "st17", "se34", "so1")).isEmpty();
  }
}
