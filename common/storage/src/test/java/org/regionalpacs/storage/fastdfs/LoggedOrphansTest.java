package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.regionalpacs.index.PossibleOrphan;

class LoggedOrphansTest {

  @Test
  void givenMoreThanItHolds_whenListed_thenTheLatestAreThere() {
    LoggedOrphans orphans = new LoggedOrphans(2);
    for (String name : new String[] {"a", "b", "c"}) {
      orphans.add(DurableOrphansTest.orphan(name));
    }
    assertThat(orphans.latest()).extracting(PossibleOrphan::name).containsExactly("b", "c");
  }
}
