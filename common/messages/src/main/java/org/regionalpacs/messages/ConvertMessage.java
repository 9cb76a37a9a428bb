package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * An indexed object is to be encoded once more: the record of {@link Topics#CONVERT}.
 *
 * @param schemaVersion version of this record's shape, {@link #SCHEMA_VERSION} today
 * @param object what was received, as its own message says
 * @param renditions what is wanted of it, none of a kind twice
 */
public record ConvertMessage(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("Object") StorageMessage object,
    @JsonProperty("Renditions") List<Wanted> renditions) {

  /** The shape written today. Readers accept this and older ones. */
  public static final int SCHEMA_VERSION = 1;

  public ConvertMessage {
    Objects.requireNonNull(object, "a conversion of no Object");
    renditions = List.copyOf(renditions);
  }

  /**
   * A rendition that is wanted.
   *
   * @param kind {@code lossless} or {@code preview}
   * @param transferSyntax UID
   * @param ratio so many times smaller, of a preview; else 0
   * @param ifSmaller whether it is of no use unless it is smaller than what was received
   */
  public record Wanted(
      @JsonProperty("Kind") String kind,
      @JsonProperty("TransferSyntax") String transferSyntax,
      @JsonProperty("Ratio") double ratio,
      @JsonProperty("IfSmaller") boolean ifSmaller) {

    public Wanted {
      Objects.requireNonNull(kind, "a rendition of no Kind");
      Objects.requireNonNull(transferSyntax, "a rendition in no TransferSyntax");
    }
  }
}
