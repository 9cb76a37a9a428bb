package org.regionalpacs.wado.pins;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.StudyPin;

/**
 * A page of the list as it is sent.
 *
 * @param pins the youngest first
 * @param next what to pass as {@code after} for the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PinPage(
    @JsonProperty("pins") List<Entry> pins, @JsonProperty("next") Optional<String> next) {

  /** A pin; see {@link StudyPin}. */
  record Entry(
      @JsonProperty("StudyInstanceUID") String study,
      @JsonProperty("Reason") String reason,
      @JsonProperty("Pinned") Instant pinned) {

    static Entry of(StudyPin pin) {
      return new Entry(pin.study(), pin.reason(), pin.pinned());
    }
  }

  static PinPage of(List<StudyPin> pins, boolean more) {
    return new PinPage(
        pins.stream().map(Entry::of).toList(),
        more ? Optional.of(PinToken.of(pins.getLast())) : Optional.empty());
  }
}
