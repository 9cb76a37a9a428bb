package org.regionalpacs.consumer.converter;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.UnreadableMessageException;

/**
 * What stands beside a rendition in an archive: what it was made of and how. A rebuild of the index
 * takes it up again from this; it tells itself from the manifest of an object by {@code
 * RenditionOf}.
 */
public record RenditionManifest(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("RenditionID") UUID rendition,
    @JsonProperty("RenditionOf") UUID receptionId,
    @JsonProperty("Kind") String kind,
    @JsonProperty("Terms") String terms,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sop,
    @JsonProperty("TransferSyntax") String transferSyntax,
    @JsonProperty("FileSize") long size,
    @JsonProperty("DataSetOffset") int dataSetOffset,
    @JsonProperty("Digest") String digest) {

  private static final int SCHEMA_VERSION = 1;
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final MessageCodec<RenditionManifest> JSON =
      MessageCodec.of(RenditionManifest.class);

  static RenditionManifest of(UUID id, InstanceObject object, Goal goal, RenditionFile made) {
    return new RenditionManifest(
        SCHEMA_VERSION,
        id,
        object.receptionId(),
        goal.kind().text(),
        goal.terms(),
        object.tenant(),
        object.study(),
        object.series(),
        made.sop(),
        goal.target().transferSyntax(),
        made.size(),
        made.dataSetOffset(),
        made.dataSetDigest());
  }

  byte[] json() {
    return JSON.encode(this);
  }

  /**
   * Reads one.
   *
   * @return empty when it is the manifest of something else
   * @throws UnreadableMessageException when it isn't a manifest, or not all of one
   */
  public static Optional<RenditionManifest> read(byte[] json) {
    RenditionManifest manifest = JSON.decode(json);
    if (manifest == null || manifest.receptionId == null) {
      return Optional.empty();
    }
    boolean complete =
        manifest.schemaVersion <= SCHEMA_VERSION
            && Stream.of(
                    manifest.rendition,
                    manifest.kind,
                    manifest.terms,
                    manifest.tenant,
                    manifest.study,
                    manifest.series,
                    manifest.sop,
                    manifest.transferSyntax,
                    manifest.digest)
                .noneMatch(Objects::isNull)
            && SHA_256.matcher(manifest.digest).matches()
            && Stream.of(RenditionKind.values())
                .anyMatch(each -> each.text().equals(manifest.kind));
    if (!complete) {
      throw new UnreadableMessageException("not a manifest, or a newer one than is known here");
    }
    return Optional.of(manifest);
  }

  /** What the index keeps of it. */
  public Rendition at(ObjectLocation place) {
    return new Rendition(
        rendition,
        RenditionKind.valueOf(kind.toUpperCase(Locale.ROOT)),
        terms,
        sop,
        transferSyntax,
        digest,
        size,
        dataSetOffset,
        List.of(place));
  }
}
