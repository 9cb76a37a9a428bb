package org.regionalpacs.wado.retrieve;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.regionalpacs.wado.web.AcceptedCodings;

/** The codings that may be used ({@code pacs.retrieve.content-coding}). */
enum CodingChoice {
  /** All, the cheaper first. */
  AUTO(AnswerCoding.ZSTD, AnswerCoding.GZIP),
  ZSTD(AnswerCoding.ZSTD),
  OFF;

  private final List<AnswerCoding> codings;

  CodingChoice(AnswerCoding... codings) {
    this.codings = List.of(codings);
  }

  /**
   * What the client wants most; of equals the first. Empty when it takes none of them, or would
   * rather have it as it is.
   *
   * @param usable whether a coding can be made here
   */
  Optional<AnswerCoding> best(AcceptedCodings accepted, Predicate<AnswerCoding> usable) {
    return codings.stream()
        .filter(usable)
        .filter(coding -> quality(coding, accepted) > 0)
        .filter(coding -> quality(coding, accepted) >= accepted.named("identity"))
        // Of equals max() would give the last.
        .sorted(Comparator.comparingDouble(coding -> -quality(coding, accepted)))
        .findFirst();
  }

  /** Who takes anything ({@code *}) may still know nothing of what is younger than he is. */
  private static double quality(AnswerCoding coding, AcceptedCodings accepted) {
    return switch (coding) {
      case ZSTD -> accepted.named(coding.token());
      case GZIP -> accepted.quality(coding.token());
    };
  }
}
