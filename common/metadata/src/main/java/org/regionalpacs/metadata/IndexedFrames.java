package org.regionalpacs.metadata;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.RenditionKind;

/**
 * What a frame index says of an instance.
 *
 * @param sop SOP Instance UID
 * @param receptionId the version it is about, by which its places are found
 * @param transferSyntax UID of the encoding in which it was received
 * @param size bytes of its file
 * @param renditions in which it is held beside that
 * @param layout of the file as it was received, {@link PixelFrames#toBytes}; no bytes when its
 *     frames can't be found, or lie in too many pieces: then its header is to be read
 */
public record IndexedFrames(
    String sop,
    UUID receptionId,
    String transferSyntax,
    long size,
    List<IndexedRendition> renditions,
    byte[] layout) {

  public IndexedFrames {
    renditions = List.copyOf(renditions);
  }

  /**
   * The same encoded once more.
   *
   * @param id by which its places are found
   */
  public record IndexedRendition(UUID id, RenditionKind kind, String transferSyntax, long size) {}

  static IndexedFrames of(InstanceObject instance, byte[] layout) {
    return new IndexedFrames(
        instance.sop(),
        instance.receptionId(),
        instance.transferSyntax(),
        instance.size(),
        instance.renditions().stream()
            .map(
                one -> new IndexedRendition(one.id(), one.kind(), one.transferSyntax(), one.size()))
            .toList(),
        layout);
  }

  /** The same without where its frames are. */
  IndexedFrames withoutLayout() {
    return new IndexedFrames(sop, receptionId, transferSyntax, size, renditions, new byte[0]);
  }

  /** Where its frames are; empty when that has to be found out. */
  public Optional<PixelFrames> frames() {
    return layout.length == 0 ? Optional.empty() : PixelFrames.fromBytes(layout);
  }
}
