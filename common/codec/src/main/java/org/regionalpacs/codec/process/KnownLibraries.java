package org.regionalpacs.codec.process;

import java.time.Duration;
import java.util.List;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.ForeignCodecs;

/**
 * What the last process that started has of each library.
 *
 * @param libraries that were found or missed
 * @param until when that holds, in nanoseconds
 */
record KnownLibraries(List<Availability> libraries, long until) {
  /** After so long it is looked whether what is missing was installed meanwhile. */
  static final Duration MISSING = Duration.ofSeconds(60);

  private static final Duration FAILED = Duration.ofSeconds(5);
  private static final Duration FOR_GOOD = Duration.ofDays(3650);

  /** Nothing yet. */
  static KnownLibraries none() {
    return failed("it isn't known yet", Duration.ZERO);
  }

  static KnownLibraries of(List<Availability> libraries) {
    Duration valid = complete(libraries) ? FOR_GOOD : MISSING;
    return new KnownLibraries(libraries, System.nanoTime() + valid.toNanos());
  }

  /** It couldn't be found out. */
  static KnownLibraries failed(String reason) {
    return failed(reason, FAILED);
  }

  private static KnownLibraries failed(String reason, Duration valid) {
    return new KnownLibraries(ForeignCodecs.unusable(reason), System.nanoTime() + valid.toNanos());
  }

  static boolean complete(List<Availability> libraries) {
    return libraries.stream().allMatch(Availability::usable);
  }

  boolean holds() {
    return System.nanoTime() - until < 0;
  }
}
