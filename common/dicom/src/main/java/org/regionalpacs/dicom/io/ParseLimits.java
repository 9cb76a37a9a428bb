package org.regionalpacs.dicom.io;

import java.util.function.IntPredicate;
import org.regionalpacs.dicom.data.CharsetFallback;

/**
 * What a parser keeps and how far it goes.
 *
 * @param bulkDataThreshold values of more bytes are skipped and kept as where they are
 * @param fragmentsToo whether fragments of encapsulated pixel data are always left where they are
 * @param leave values of top-level elements for which this holds are left where they are, however
 *     short
 * @param keep top-level elements for which this is false are skipped
 * @param maxDepth how deep sequences may nest
 * @param charsetFallback how text that is declared wrongly is read
 */
record ParseLimits(
    int bulkDataThreshold,
    boolean fragmentsToo,
    IntPredicate leave,
    IntPredicate keep,
    int maxDepth,
    CharsetFallback charsetFallback) {

  /** PS3.5 sets no bound; the field has been seen to nest a dozen deep. */
  static final int DEPTH = 64;

  /** What a Java array holds. */
  static final int LONGEST = Integer.MAX_VALUE - 16;

  static final ParseLimits EVERYTHING =
      new ParseLimits(LONGEST, false, tag -> false, tag -> true, DEPTH, CharsetFallback.DEFAULT);

  /** File meta information is small; more is hostile. */
  static final ParseLimits META =
      new ParseLimits(1 << 20, false, tag -> false, tag -> true, 2, CharsetFallback.DEFAULT);

  ParseLimits withBulkDataThreshold(int bytes) {
    return new ParseLimits(bytes, true, leave, keep, maxDepth, charsetFallback);
  }

  ParseLimits withLeave(IntPredicate tags) {
    return new ParseLimits(bulkDataThreshold, fragmentsToo, tags, keep, maxDepth, charsetFallback);
  }

  ParseLimits withKeep(IntPredicate tags) {
    return new ParseLimits(bulkDataThreshold, fragmentsToo, leave, tags, maxDepth, charsetFallback);
  }

  ParseLimits withMaxDepth(int depth) {
    return new ParseLimits(bulkDataThreshold, fragmentsToo, leave, keep, depth, charsetFallback);
  }

  ParseLimits withCharsetFallback(CharsetFallback fallback) {
    return new ParseLimits(bulkDataThreshold, fragmentsToo, leave, keep, maxDepth, fallback);
  }
}
