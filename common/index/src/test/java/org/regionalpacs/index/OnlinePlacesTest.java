package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where received objects are online, and which version a series has. */
@IntegrationTest
class OnlinePlacesTest {
  private static final String TENANT = "default";

  @Autowired OnlinePlaces places;
  @Autowired SeriesVersions versions;
  @Autowired LocationWriter locations;
  @Autowired JdbcClient jdbc;

  private final ReceptionKey one = reception(TENANT);
  private final ReceptionKey other = reception(TENANT);

  @Test
  void givenObjectsOnlineArchivedAndOfOthers_whenAsked_thenOnlyTheOnlineOnesOfTheTenantAreTold() {
    ObjectLocation file = new ObjectLocation(ObjectLocation.ONLINE, "node-1", "a/b.dcm", 0, 10);
    ObjectLocation blob = new ObjectLocation("local", "", "blob", 7, 10);
    ReceptionKey foreign = reception("other");
    locations.upsert(
        List.of(
            new PlacedObject(one, file),
            new PlacedObject(one, blob),
            new PlacedObject(other, blob),
            new PlacedObject(foreign, file)));
    List<UUID> wanted = List.of(one.receptionId(), other.receptionId(), foreign.receptionId());

    assertThat(places.of(TENANT, wanted)).isEqualTo(Map.of(one.receptionId(), file));
    assertThat(places.of(TENANT, List.of())).isEmpty();

    jdbc.sql("update location set state = 'evicted' where reception_id = ? and store = 'online'")
        .param(one.receptionId())
        .update();
    assertThat(places.of(TENANT, wanted)).as("evicted").isEmpty();
  }

  @Test
  void givenNoSuchSeries_whenItsVersionIsAsked_thenThereIsNone() {
    assertThat(versions.now(TENANT, "1.2", "1.2.3")).isEmpty();
    assertThat(versions.now(TENANT, "x' or '1'='1", "")).isEmpty();
  }

  private static ReceptionKey reception(String tenant) {
    return new ReceptionKey(tenant, "1.2", "1.2.3", "1.2.3.4", UUID.randomUUID());
  }
}
