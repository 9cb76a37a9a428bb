package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The same objects in any order, any number of times, in any batches: the same rows. What differs
 * by nature is left out: change numbers and times of indexing, and which object's reception id
 * stands at a patient, study or series whose attributes all objects give alike.
 */
@IntegrationTest
class DeliveryOrderTest {
  @Autowired IndexWriter writer;
  @Autowired JdbcClient jdbc;

  @Test
  void givenAllOrdersOfFiveObjects_whenDelivered_thenTheRowsAreTheSame() {
    List<String> expected = deliver(List.of(0, 1, 2, 3, 4), 1);
    assertThat(expected).anyMatch(row -> row.contains("new-version"));
    assertThat(expected).anyMatch(row -> row.contains("sop-elsewhere"));
    for (List<Integer> order : permutations(List.of(0, 1, 2, 3, 4))) {
      assertThat(deliver(order, 1)).as("order %s", order).isEqualTo(expected);
    }
  }

  @Test
  void givenAStormOfRepeats_whenDeliveredInAnyBatches_thenTheRowsAreTheSame() {
    List<String> expected = deliver(List.of(0, 1, 2, 3, 4), 1);
    Random random = new Random(4);
    for (int round = 0; round < 40; round++) {
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4));
      for (int i = 0; i < 20; i++) {
        order.add(random.nextInt(5));
      }
      Collections.shuffle(order, random);
      int batch = 1 + random.nextInt(6);
      assertThat(deliver(order, batch)).as("%s by %s", order, batch).isEqualTo(expected);
    }
  }

  /** The rows, with the names that they have in every run. */
  private List<String> deliver(List<Integer> order, int batchSize) {
    String root = UID.generate();
    List<IndexedInstance> objects = objects(root);
    for (int from = 0; from < order.size(); from += batchSize) {
      writer.index(
          order.subList(from, Math.min(order.size(), from + batchSize)).stream()
              .map(objects::get)
              .toList());
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < objects.size(); i++) {
      names.put(objects.get(i).object().receptionId().toString(), "reception" + i);
    }
    return rows(root).stream()
        .map(row -> {
          String named = row.replace(root, "ROOT");
          for (Map.Entry<String, String> name : names.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
          }
          return named;
        })
        .sorted()
        .toList();
  }

  private static List<IndexedInstance> objects(String root) {
    String one = root + ".1";
    String two = root + ".2";
    return List.of(
        sample(root, one).sop(root + ".8").digest(1).build(),
        // the same content, taken in by another node
        sample(root, one).sop(root + ".8").digest(1).build(),
        // a new version
        sample(root, one).sop(root + ".8").digest(2).build(),
        // the same UID elsewhere
        sample(root, two).sop(root + ".8").digest(1).build(),
        // what the others lack
        sample(root, one)
            .sop(root + ".9")
            .series(one + ".2")
            .with(Tag.StudyDescription, "only here")
            .build());
  }

  private static Sample sample(String root, String study) {
    return Sample.of(study).patient("P-" + root);
  }

  private List<String> rows(String root) {
    return jdbc.sql(
            """
            select concat_ws(' ', 'patient', patient_id, name, attributes::text)
              from patient where patient_id = 'P-' || :root
            union all
            select concat_ws(' ', 'study', study_uid, study_date, description, attributes::text)
              from study where study_uid like :root || '.%'
            union all
            select concat_ws(' ', 'series', study_uid, series_uid, modality, attributes::text)
              from series where study_uid like :root || '.%'
            union all
            select concat_ws(' ', 'instance', study_uid, series_uid, sop_uid, reception_id,
                             digest, received)
              from instance where study_uid like :root || '.%'
            union all
            select concat_ws(' ', 'superseded', study_uid, series_uid, sop_uid, reception_id,
                             digest, superseded_by)
              from superseded_instance where study_uid like :root || '.%'
            union all
            select concat_ws(' ', 'conflict', kind, study_uid, objects, differences::text)
              from conflict where study_uid like :root || '.%'
            """)
        .param("root", root)
        .query(String.class)
        .list();
  }

  private static List<List<Integer>> permutations(List<Integer> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : of) {
      List<Integer> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<Integer> behind : permutations(rest)) {
        List<Integer> one = new ArrayList<>(List.of(first));
        one.addAll(behind);
        all.add(one);
      }
    }
    return all;
  }
}
