package org.regionalpacs.wado.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.regionalpacs.wado.store.StoreSlots.Slot;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.util.unit.DataSize;

class StoreSlotsTest {
  @Test
  void givenAllSlotsAreTaken_whenOneMoreComes_thenItIsRefusedInTime() {
    StoreSlots slots = new StoreSlots(properties(2, Duration.ofMillis(20)));
    try (Slot _ = slots.take();
        Slot _ = slots.take()) {
      assertThatThrownBy(slots::take).isInstanceOf(UnavailableException.class);
    }
    slots.take().close();
  }

  @Test
  void givenAllSlotsAreTaken_whenOneBecomesFree_thenTheNextHasIt() throws Exception {
    StoreSlots slots = new StoreSlots(properties(1, Duration.ofSeconds(30)));
    Slot taken = slots.take();
    CompletableFuture<Slot> next = CompletableFuture.supplyAsync(slots::take);
    assertThat(next).isNotDone();

    taken.close();

    next.get(30, TimeUnit.SECONDS).close();
  }

  private static StoreProperties properties(int concurrent, Duration wait) {
    DataSize any = DataSize.ofMegabytes(1);
    return new StoreProperties(1, any, any, any, 1, concurrent, wait);
  }
}
