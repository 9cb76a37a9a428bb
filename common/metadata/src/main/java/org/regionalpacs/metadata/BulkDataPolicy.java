package org.regionalpacs.metadata;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.json.BulkDataUris;

/**
 * Which values of an instance stand in the metadata, and where the others are to be had: pixel data
 * never do, other bytes up to 1 KB, anything else up to 8 KB.
 */
final class BulkDataPolicy implements BulkDataUris {
  /** Longer values of any kind are left in the file. */
  static final int MAX_INLINE = 8 * 1024;

  private static final int MAX_INLINE_BYTES = 1024;

  private final String prefix;

  /**
   * @param baseUrl up to and without {@code /studies}
   */
  BulkDataPolicy(String baseUrl, SeriesKey series, String sop) {
    this.prefix =
        baseUrl
            + "/studies/"
            + segment(series.study())
            + "/series/"
            + segment(series.series())
            + "/instances/"
            + segment(sop)
            + "/bulkdata/";
  }

  @Override
  public Optional<String> uri(String path, VR vr, long length) {
    int longest = vr.kind() == VR.Kind.BYTES ? MAX_INLINE_BYTES : MAX_INLINE;
    return length > longest || isPixelData(path) ? Optional.of(prefix + path) : Optional.empty();
  }

  private static boolean isPixelData(String path) {
    return path.endsWith(Tag.toHex(Tag.PixelData))
        || path.endsWith(Tag.toHex(Tag.FloatPixelData))
        || path.endsWith(Tag.toHex(Tag.DoubleFloatPixelData));
  }

  /** UIDs come from strangers. */
  private static String segment(String uid) {
    return UID.isValid(uid)
        ? uid
        : URLEncoder.encode(uid, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
