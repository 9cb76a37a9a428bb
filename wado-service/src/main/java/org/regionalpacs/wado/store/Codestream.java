package org.regionalpacs.wado.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.wado.retrieve.FrameMediaType;

/**
 * A compressed frame, as far as its header tells.
 *
 * @param place its bytes, without a file format around them
 * @param syntaxes the transfer syntaxes that it can be of, the likeliest first; none when the
 *     header doesn't tell
 * @param description of its pixels
 */
record Codestream(BulkData place, List<String> syntaxes, Optional<PixelDescription> description) {

  /**
   * Reads a header.
   *
   * @param type empty for a transfer syntax without a media type of its own
   * @throws RefusedObjectException when the bytes aren't of the media type
   */
  static Codestream of(Optional<FrameMediaType> type, BulkData place, ByteSource spool)
      throws IOException {
    Codestream untold = new Codestream(place, List.of(), Optional.empty());
    if (type.isEmpty()) {
      return untold;
    }
    return switch (type.get()) {
      case JPEG, JPEG_LS -> JpegHeader.read(place, spool);
      case JPEG_2000, JPEG_2000_PART_2 -> Jpeg2000Header.read(place, spool);
      case RLE, HTJ2K, JPEG_XL, MPEG_2, MPEG_4 -> untold;
    };
  }

  /** The likeliest transfer syntax. */
  Optional<String> transferSyntax() {
    return syntaxes.stream().findFirst();
  }

  /**
   * Requires that it can be of a transfer syntax.
   *
   * @throws RefusedObjectException when it isn't
   */
  void requireOf(String syntax) throws RefusedObjectException {
    if (!syntaxes.isEmpty() && !syntaxes.contains(syntax)) {
      throw new RefusedObjectException(
          FailureReason.TRANSFER_SYNTAX,
          "the compressed pixel data isn't of the transfer syntax that is named: " + syntax);
    }
  }
}
