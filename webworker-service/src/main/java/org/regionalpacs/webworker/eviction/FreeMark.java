package org.regionalpacs.webworker.eviction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/**
 * How much of a volume is to be free: {@code 10%}, or a size such as {@code 500GB}.
 *
 * @param percent of the volume; 0 for a size
 * @param size bytes; 0 for a percentage
 */
record FreeMark(int percent, long size) {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,2})\\s*%");

  /**
   * Reads it; how settings are converted.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static FreeMark valueOf(String text) {
    Matcher percent = PERCENT.matcher(text.strip());
    if (percent.matches()) {
      return new FreeMark(Integer.parseInt(percent.group(1)), 0);
    }
    long bytes = DataSize.parse(text.strip()).toBytes();
    if (bytes < 0) {
      throw new IllegalArgumentException("'" + text + "' is less than nothing");
    }
    return new FreeMark(0, bytes);
  }

  /** In bytes, of a volume of so many. */
  long of(long total) {
    return Math.max(size, total / 100 * percent);
  }
}
