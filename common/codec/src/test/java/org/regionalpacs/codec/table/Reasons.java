package org.regionalpacs.codec.table;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/** Why a file isn't decoded, or not compared with what another program makes of it. */
final class Reasons {
  private static final String CUT = "the file ends before its pixel data does";
  private static final String NOTHING = "cut off on purpose before pixel data";
  private static final String VIDEO = "video is given out as it is, never frame by frame";
  private static final String BROKEN = "broken on purpose; the oracles refuse it";

  private static final Map<String, String> BY_FILE =
      Map.ofEntries(
          entry(
              "fo-dicom/Data/multiframe.dcm",
              "its codestreams are of other sizes than Rows and Columns say"),
          entry(
              "pydicom-data/data/HTJ2KLossless_08_RGB.dcm",
              "DCMTK and GDCM have no HTJ2K; equal to what OpenJPH decodes (OpenjpegAgreementTest)"),
          entry(
              "pydicom-data/data/HTJ2K_08_RGB.dcm",
              "DCMTK and GDCM have no HTJ2K; within a level of what OpenJPH decodes (OpenjpegAgreementTest)"),
          entry(
              "pydicom-data/data/parametric_map_double_float.dcm",
              "Double Float Pixel Data, which has no codec and is never shown"),
          entry("pydicom/dicomdirtests/DICOMDIR-nooffset.dcm", "broken, and has no pixel data"),
          entry(
              "pydicom/test_files/JPEG2000-embedded-sequence-delimiter.dcm",
              "the size in its codestream is overwritten"),
          entry("pydicom/test_files/MR_truncated.dcm", CUT),
          entry("pydicom/test_files/rtplan_truncated.dcm", "cut off, and has no pixel data"),
          entry(
              "synthetic/broken/deep_nesting.dcm",
              "250 nested sequences; more than 64 are refused"),
          entry("synthetic/broken/preamble_only.dcm", NOTHING),
          entry("synthetic/broken/trailing_garbage.dcm", BROKEN),
          entry("synthetic/broken/trunc_in_header.dcm", NOTHING),
          entry("synthetic/broken/trunc_in_meta.dcm", NOTHING),
          entry("synthetic/broken/trunc_in_pixels.dcm", CUT),
          entry("synthetic/broken/trunc_one_byte.dcm", CUT),
          entry("synthetic/broken/ts_lie_implicit.dcm", BROKEN),
          entry("synthetic/broken/ts_unknown.dcm", BROKEN),
          entry("synthetic/broken/zlib_bomb_like.dcm", "says that it has 4 GB"),
          entry(
              "synthetic/ts/htj2k203_ct.dcm",
              "DCMTK and GDCM have no HTJ2K; within a level of what OpenJPH decodes (OpenjpegAgreementTest)"),
          entry("synthetic/video/hevc_main51.dcm", VIDEO),
          entry("synthetic/video/mpeg2_mpml.dcm", VIDEO),
          entry("synthetic/video/mpeg4_h264_bd.dcm", VIDEO),
          entry("synthetic/video/mpeg4_h264_hp41.dcm", VIDEO));

  private Reasons() {}

  /** By the name of the file among the test data. */
  static Optional<String> of(String file) {
    return Optional.ofNullable(BY_FILE.get(file));
  }
}
