package org.regionalpacs.codec;

import java.util.concurrent.CancellationException;

/**
 * Whether work is still wanted. Whoever gives it up interrupts its thread; loops that may take long
 * look here now and then, so that the thread is free again soon.
 */
public final class Wanted {
  /** Loops over pixels look whenever their counter has none of these bits: every 65536 pixels. */
  public static final int PIXELS = 0xFFFF;

  private Wanted() {}

  /**
   * Goes on only while the work is wanted.
   *
   * @throws CancellationException when the thread was interrupted; it stays so
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the work isn't wanted any more");
    }
  }
}
