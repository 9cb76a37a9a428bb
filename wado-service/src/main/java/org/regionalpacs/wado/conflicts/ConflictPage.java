package org.regionalpacs.wado.conflicts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.regionalpacs.index.Conflict;

/**
 * A page of the list as it is sent.
 *
 * @param conflicts the one seen last first
 * @param next what to pass as {@code after} for the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ConflictPage(
    @JsonProperty("conflicts") List<Entry> conflicts, @JsonProperty("next") Optional<String> next) {

  /** A conflict; see {@link Conflict}. */
  record Entry(
      @JsonProperty("ID") UUID id,
      @JsonProperty("Kind") String kind,
      @JsonProperty("StudyInstanceUID") String study,
      @JsonProperty("SeriesInstanceUID") String series,
      @JsonProperty("SOPInstanceUID") String sop,
      @JsonProperty("ReceptionID") UUID receptionId,
      @JsonProperty("Objects") int objects,
      @JsonProperty("FirstSeen") Instant firstSeen,
      @JsonProperty("LastSeen") Instant lastSeen,
      @JsonProperty("Differences") Map<String, Values> differences) {}

  /** The values of an attribute. */
  record Values(@JsonProperty("Index") String index, @JsonProperty("Received") String received) {}

  static ConflictPage of(List<Conflict> conflicts, boolean more) {
    Optional<String> next =
        more ? Optional.of(PageToken.of(conflicts.getLast())) : Optional.empty();
    return new ConflictPage(conflicts.stream().map(ConflictPage::entry).toList(), next);
  }

  private static Entry entry(Conflict conflict) {
    Map<String, Values> differences = new TreeMap<>();
    conflict
        .differences()
        .forEach((keyword, difference) ->
            differences.put(keyword, new Values(difference.index(), difference.received())));
    return new Entry(
        conflict.id(),
        conflict.kind().id(),
        conflict.study(),
        conflict.series(),
        conflict.sop(),
        conflict.receptionId(),
        conflict.objects(),
        conflict.firstSeen(),
        conflict.lastSeen(),
        differences);
  }
}
