package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What nodes say of their files, and what readers and messages make of it. */
@IntegrationTest
class LocationStateTest {
  @Autowired IndexWriter writer;
  @Autowired LocationWriter locations;
  @Autowired InstanceObjects objects;
  @Autowired JdbcClient jdbc;

  private final IndexedInstance object = Sample.of(UID.generate()).build();
  private final ObjectLocation online = new ObjectLocation("online", "node-1", "a/b.dcm", 0, 10);
  private final ObjectLocation archived = new ObjectLocation("local", "", "blob-1", 0, 10);

  @BeforeEach
  void index() {
    writer.index(List.of(object));
    place(online);
    place(archived);
  }

  @Test
  void givenAMissingFile_whenRead_thenItIsTriedAllTheSame() {
    mark("missing");

    assertThat(found()).containsExactlyInAnyOrder(online, archived);
  }

  @Test
  void givenADamagedFile_whenRead_thenOnlyTheOtherCopyIs() {
    mark("damaged");

    assertThat(found()).containsExactly(archived);
  }

  @Test
  void givenAMissingFile_whenItIsAnnouncedAgain_thenItIsBack() {
    mark("missing");

    place(online);

    assertThat(state()).isEqualTo("available");
  }

  @Test
  void givenADamagedOrEvictedFile_whenItIsAnnouncedAgain_thenItStaysSo() {
    for (String state : List.of("damaged", "evicted")) {
      mark(state);

      place(online);

      assertThat(state()).isEqualTo(state);
    }
  }

  private void place(ObjectLocation location) {
    ReceivedObject received = object.object();
    locations.upsert(List.of(new PlacedObject(received.key(), location)));
  }

  private void mark(String state) {
    jdbc.sql("update location set state = ? where reception_id = ? and store = 'online'")
        .params(state, object.object().receptionId())
        .update();
  }

  private String state() {
    return jdbc.sql("select state from location where reception_id = ? and store = 'online'")
        .param(object.object().receptionId())
        .query(String.class)
        .single();
  }

  private List<ObjectLocation> found() {
    ReceivedObject received = object.object();
    return objects
        .find(received.tenant(), received.study(), received.series(), received.sop())
        .orElseThrow()
        .locations();
  }
}
