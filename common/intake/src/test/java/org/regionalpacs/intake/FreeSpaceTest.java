package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.intake.FreeSpace.Claim;

class FreeSpaceTest {
  private static final long MB = 1024 * 1024;
  private static final long GB = 1024 * MB;
  private static final long MARK = 10 * MB;

  @TempDir Path root;
  private final AtomicLong free = new AtomicLong();
  private final AtomicInteger looks = new AtomicInteger();

  private FreeSpace space() {
    return new FreeSpace(
        root,
        MARK,
        () -> {
          looks.incrementAndGet();
          return free.get();
        });
  }

  @Test
  void given64LargeObjectsAtOnce_whenAllAreAnnounced_thenNoMoreAreTakenThanFit() throws Exception {
    free.set(MARK + 10 * GB);
    FreeSpace space = space();
    List<Claim> taken = new ArrayList<>();
    int refused = 0;

    for (int i = 0; i < 64; i++) {
      try {
        taken.add(space.claim(2 * GB));
      } catch (LowSpaceException e) {
        refused++;
      }
    }

    assertThat(taken).hasSize(5);
    assertThat(refused).isEqualTo(59);
    taken.removeFirst().close();
    space.claim(2 * GB).close();
  }

  @Test
  void given64ObjectsOfUnknownLength_whenTheyGrowTogether_thenTheMarkIsKept() throws Exception {
    free.set(MARK + 1 * GB);
    FreeSpace space = space();
    List<Claim> growing = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      growing.add(space.claim(0));
    }

    while (!growing.isEmpty()) {
      List<Claim> refused = new ArrayList<>();
      for (Claim each : growing) {
        try {
          free.addAndGet(-128 * 1024);
          each.wrote(128 * 1024);
        } catch (LowSpaceException e) {
          each.close();
          refused.add(each);
        }
        assertThat(free).hasValueGreaterThanOrEqualTo(MARK);
      }
      growing.removeAll(refused);
    }

    assertThat(free).hasValueLessThan(MARK + 64 * FreeSpace.LARGEST_STEP);
    assertThat(space.claimed()).isZero();
  }

  @Test
  void givenAnObjectAsLongAsAnnounced_whenWritten_thenItsClaimShrinksAsTheDiskFills()
      throws Exception {
    free.set(MARK + 100 * MB);
    FreeSpace space = space();
    try (Claim claim = space.claim(60 * MB)) {
      for (int i = 0; i < 60; i++) {
        free.addAndGet(-MB);
        claim.wrote(MB);
        assertThat(space.claimed()).isEqualTo((59 - i) * MB);
      }
      free.addAndGet(-MB);
      claim.wrote(MB);
      assertThat(space.claimed()).as("longer than announced").isEqualTo(FreeSpace.LARGEST_STEP);
    }
    assertThat(space.claimed()).isZero();
  }

  @Test
  void givenAnAnnouncedObject_whenAnotherProgramFillsTheDisk_thenItIsRefusedOnItsWay()
      throws Exception {
    free.set(MARK + GB);
    FreeSpace space = space();
    try (Claim claim = space.claim(GB)) {
      free.set(MARK + 1);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i <= 16; i++) {
                  claim.wrote(MB);
                }
              })
          .isInstanceOf(LowSpaceException.class);
    }
    assertThat(space.claimed()).isZero();
  }

  @Test
  void givenTwoServicesOfOneProcess_whenTheyShareARoot_thenTheyCountEachOther() throws Exception {
    free.set(MARK + 3 * GB);
    FreeSpace dicom = space();
    FreeSpace http = space();

    try (Claim _ = dicom.claim(2 * GB)) {
      assertThatThrownBy(() -> http.claim(2 * GB)).isInstanceOf(LowSpaceException.class);
    }
    http.claim(2 * GB).close();
  }

  @Test
  void givenALengthThatIsNone_whenClaimed_thenRefused() {
    free.set(MARK + GB);

    assertThatThrownBy(() -> space().claim(Long.MAX_VALUE)).isInstanceOf(LowSpaceException.class);
  }

  @Test
  void givenALargeObject_whenWritten_thenTheVolumeIsAskedOnceAStep() throws Exception {
    free.set(MARK + 10 * GB);
    try (Claim claim = space().claim(0)) {
      for (long written = 0; written < GB; written += 128 * 1024) {
        claim.wrote(128 * 1024);
      }
    }
    assertThat(looks).hasValueLessThan(72);
  }
}
