package org.regionalpacs.wado.querytags;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.index.QueryTag;
import org.regionalpacs.index.QueryTags.Status;

/** The extended query tags of a tenant as they are sent, the oldest first. */
record TagList(@JsonProperty("tags") List<Entry> tags) {

  /**
   * A tag; see {@link Status}.
   *
   * @param progress percent of the stored series that were read for it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Entry(
      @JsonProperty("Path") String path,
      @JsonProperty("Keyword") Optional<String> keyword,
      @JsonProperty("PrivateCreator") Optional<String> creator,
      @JsonProperty("VR") String vr,
      @JsonProperty("Level") String level,
      @JsonProperty("State") String state,
      @JsonProperty("Progress") int progress,
      @JsonProperty("Errors") long errors,
      @JsonProperty("Added") Instant added) {

    static Entry of(Status status) {
      QueryTag tag = status.tag();
      return new Entry(
          QueryTag.text(tag.path()),
          tag.inItems() ? Optional.empty() : ElementDictionary.keywordOf(tag.tag()),
          Optional.of(tag.creator()).filter(creator -> !creator.isEmpty()),
          tag.vr().name(),
          tag.level().name().toLowerCase(Locale.ROOT),
          status.ready() ? "ready" : "indexing",
          progress(status),
          status.errors(),
          status.added());
    }

    /** Series that came meanwhile may be read as well. */
    private static int progress(Status status) {
      if (status.ready()) {
        return 100;
      }
      return status.seriesTotal() == 0
          ? 0
          : (int) Math.min(99, 100 * status.seriesDone() / status.seriesTotal());
    }
  }

  static TagList of(List<Status> statuses) {
    return new TagList(statuses.stream().map(Entry::of).toList());
  }
}
