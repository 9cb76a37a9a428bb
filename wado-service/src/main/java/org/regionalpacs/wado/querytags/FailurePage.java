package org.regionalpacs.wado.querytags;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.QueryTags.Failure;
import org.regionalpacs.wado.web.BadParameterException;

/**
 * A page of the instances that couldn't be read for a tag.
 *
 * @param errors by their UIDs
 * @param next what to pass as {@code after} for the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record FailurePage(
    @JsonProperty("errors") List<Entry> errors, @JsonProperty("next") Optional<String> next) {

  /** An instance; see {@link Failure}. */
  record Entry(
      @JsonProperty("StudyInstanceUID") String study,
      @JsonProperty("SeriesInstanceUID") String series,
      @JsonProperty("SOPInstanceUID") String sop,
      @JsonProperty("Reason") String reason,
      @JsonProperty("Time") Instant time) {}

  static FailurePage of(List<Failure> failures, boolean more) {
    return new FailurePage(
        failures.stream()
            .map(one ->
                new Entry(one.study(), one.series(), one.sop(), one.reason(), one.happened()))
            .toList(),
        more ? Optional.of(token(failures.getLast())) : Optional.empty());
  }

  private static String token(Failure last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (last.study() + " " + last.series() + " " + last.sop())
                .getBytes(StandardCharsets.UTF_8));
  }

  /** Where the page before ended. */
  static Failure position(String token) {
    try {
      String[] uids =
          new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", -1);
      if (uids.length == 3 && String.join("", uids).indexOf('\0') < 0) {
        return new Failure(uids[0], uids[1], uids[2], "", Instant.EPOCH);
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new BadParameterException(
        "after", "after must be the next of the page before, as it was sent.");
  }
}
