package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoggedOrphansTest {

  @Test
  void givenMoreThanItHolds_whenListed_thenTheLatestAreThere() {
    LoggedOrphans orphans = new LoggedOrphans(2);
    for (String name : new String[] {"a", "b", "c"}) {
      orphans.add(new PossibleOrphan(Instant.EPOCH, name, 1, 1, "h:1", Optional.empty(), "reset"));
    }
    assertThat(orphans.latest()).extracting(PossibleOrphan::name).containsExactly("b", "c");
  }
}
