package org.regionalpacs.dicom.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * How text is read that its data set declares wrongly or not at all. Senders differ, so a tenant
 * may have its own; the platform's character set never plays a part.
 *
 * @param whenAbsent value of (0008,0005) that a data set without it is read with; empty for the
 *     default repertoire, ISO-IR 6
 * @param readAs what values of (0008,0005) stand for where senders use them wrongly, such as {@code
 *     ISO_IR 100} for {@code GB18030}
 * @param candidates tried in order for bytes that don't fit the declared set; the first in which
 *     all of a value is valid decodes it, and Latin-1 what fits none
 */
public record CharsetFallback(
    String whenAbsent, Map<String, String> readAs, List<Charset> candidates) {

  /** Bytes that don't fit are UTF-8 or GB18030; what is declared is believed. */
  public static final CharsetFallback DEFAULT =
      new CharsetFallback(
          "", Map.of(), List.of(StandardCharsets.UTF_8, Charset.forName("GB18030")));

  /** Copies what it is given. */
  public CharsetFallback {
    readAs = Map.copyOf(readAs);
    candidates = List.copyOf(candidates);
  }

  /** This, with other candidates. */
  public CharsetFallback withCandidates(Charset... charsets) {
    return new CharsetFallback(whenAbsent, readAs, List.of(charsets));
  }

  /** This, with another set for data sets that declare none. */
  public CharsetFallback withWhenAbsent(String terms) {
    return new CharsetFallback(terms, readAs, candidates);
  }

  /** This, with declared values that stand for others. */
  public CharsetFallback withReadAs(Map<String, String> values) {
    return new CharsetFallback(whenAbsent, values, candidates);
  }
}
