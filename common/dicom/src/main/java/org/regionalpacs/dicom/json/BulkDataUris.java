package org.regionalpacs.dicom.json;

import java.util.Optional;
import org.regionalpacs.dicom.data.VR;

/** Decides which values stand in the JSON by reference. */
@FunctionalInterface
public interface BulkDataUris {
  /** Everything that is at hand is written inline; what isn't is left out. */
  BulkDataUris NONE = (path, vr, length) -> Optional.empty();

  /**
   * The URI of a binary value, or empty to write it inline.
   *
   * @param path tags in hexadecimal with item numbers from 1 between them, such as {@code
   *     00480105/1/00282000}
   * @param vr the value's VR
   * @param length its bytes; of encapsulated pixel data those of the fragments
   */
  Optional<String> uri(String path, VR vr, long length);

  /**
   * Values of more than so many bytes stand by reference, all others inline.
   *
   * @param prefix what comes before the path in each URI, such as {@code bulk/}
   */
  static BulkDataUris above(long bytes, String prefix) {
    return (path, vr, length) -> length > bytes ? Optional.of(prefix + path) : Optional.empty();
  }
}
