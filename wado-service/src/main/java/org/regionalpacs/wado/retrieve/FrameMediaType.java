package org.regionalpacs.wado.retrieve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.dicom.data.UID;

/**
 * Media types of compressed pixel data and the transfer syntaxes each stands for; the first is the
 * one meant when none is named (PS3.18 8.7.3.3).
 */
public enum FrameMediaType {
  JPEG(
      "image/jpeg",
      UID.JPEGLosslessSV1,
      UID.JPEGBaseline8Bit,
      UID.JPEGExtended12Bit,
      UID.JPEGLossless,
      UID.JPEGSpectralSelectionNonHierarchical68,
      UID.JPEGFullProgressionNonHierarchical1012),
  RLE("image/dicom-rle", UID.RLELossless),
  JPEG_LS("image/jls", UID.JPEGLSLossless, UID.JPEGLSNearLossless),
  JPEG_2000("image/jp2", UID.JPEG2000Lossless, UID.JPEG2000),
  JPEG_2000_PART_2("image/jpx", UID.JPEG2000MCLossless, UID.JPEG2000MC),
  HTJ2K("image/jphc", UID.HTJ2KLossless, UID.HTJ2KLosslessRPCL, UID.HTJ2K),
  JPEG_XL("image/jxl", UID.JPEGXLLossless, UID.JPEGXLJPEGRecompression, UID.JPEGXL),
  MPEG_2("video/mpeg", UID.MPEG2MPML, UID.MPEG2MPHL),
  MPEG_4(
      "video/mp4",
      UID.MPEG4HP41,
      UID.MPEG4HP41BD,
      UID.MPEG4HP422D,
      UID.MPEG4HP423D,
      UID.MPEG4HP42STEREO,
      UID.HEVCMP51,
      UID.HEVCM10P51);

  private final String mediaType;
  private final String defaultSyntax;
  private final Set<String> syntaxes;

  FrameMediaType(String mediaType, String... syntaxes) {
    this.mediaType = mediaType;
    this.defaultSyntax = syntaxes[0];
    this.syntaxes = Set.of(syntaxes);
  }

  /** The media type of a compressed transfer syntax; empty when it has none. */
  public static Optional<FrameMediaType> of(String transferSyntax) {
    return Arrays.stream(values())
        .filter(type -> type.syntaxes.contains(transferSyntax))
        .findFirst();
  }

  /** The one of a media type, also by the other names that are used for it. */
  public static Optional<FrameMediaType> named(String mediaType) {
    return Arrays.stream(values())
        .filter(type -> type.mediaType.equals(mediaType) || type.otherNames().contains(mediaType))
        .findFirst();
  }

  /**
   * What older editions call it (x-jls, x-dicom-rle, mpeg2), and those who still follow them; and
   * dicomweb-client HTJ2K.
   */
  List<String> otherNames() {
    return switch (this) {
      case JPEG, MPEG_4 -> List.of();
      case RLE, JPEG_LS, JPEG_2000, JPEG_2000_PART_2, JPEG_XL ->
          List.of(mediaType.replace("image/", "image/x-"));
      case HTJ2K -> List.of("image/jhc", "image/x-jphc");
      case MPEG_2 -> List.of("video/mpeg2");
    };
  }

  String mediaType() {
    return mediaType;
  }

  /** Whether it is a medium of a transfer syntax. */
  public boolean covers(String transferSyntax) {
    return syntaxes.contains(transferSyntax);
  }

  /** Whether all frames together are one stream. */
  public boolean video() {
    return mediaType.startsWith("video/");
  }

  /** Meant when a media range names none. */
  public String defaultSyntax() {
    return defaultSyntax;
  }
}
