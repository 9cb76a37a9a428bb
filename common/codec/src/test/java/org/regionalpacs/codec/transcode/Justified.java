package org.regionalpacs.codec.transcode;

import java.util.List;

/** Differences that are none of the transcoder's, each with its reason. */
final class Justified {
  /** What no codec here has. */
  private static final List<String> REFUSED =
      List.of(
          // Objects without pixels.
          "the object has no pixel data",
          "one bit a pixel",
          "isn't (encoded from|of) (1|32) bits allocated",
          "video \\([0-9.]+\\) isn't transcoded",
          "Float Pixel Data isn't compressed",
          // Deflated Image Frame Compression.
          "no decoder of 1\\.2\\.840\\.10008\\.1\\.2\\.8\\.1$",
          // Cut, too deep, or no data sets: what reading says of them ends so.
          " at byte \\d+$",
          // Pixel data without what says how it lies, or without bytes.
          "Rows, Columns or Bits Allocated is missing",
          "GH1146\\.dcm as \\w+: pixel data has 0 bytes",
          // A transfer syntax that doesn't exist, and a size that was overwritten.
          "ts_unknown\\.dcm as \\w+: there is no decoder",
          "embedded-sequence-delimiter\\.dcm as \\w+: frame 1: .* 3722445056 x 1024 pixels",
          // A codestream of another width among others.
          "fo-dicom/Data/multiframe\\.dcm as \\w+: frame 14: .* 55 x 240 pixels");

  /** What DCMTK or GDCM don't decode, though others do. */
  private static final List<String> ORACLE =
      List.of(
          // DCMTK has no JPEG-LS of 2 or 7 bits.
          "JLSL_08_07_0_1F\\.dcm as jls: F: Invalid compressed",
          "liver_(nonbyte_aligned_)?j2k\\.dcm as jls: F: Codec received unsupported compression parameters",
          // GDCM writes no more than one frame of such a Secondary Capture, of the original too.
          "SC_rgb_(rle_|expb_)?16bit_2frame\\.dcm as j2k: Failed to write",
          // Neither they nor we decode RLE of one bit, which stays as it is.
          "liver_(nonbyte_aligned_)?rle\\.dcm as rle");

  /** Where an assertion ends gdcminfo: RLE of fewer bits than are allocated. */
  private static final List<String> GDCMINFO =
      List.of("(liver_(nonbyte_aligned_)?j2k|JLSL_08_07_0_1F)\\.dcm as rle");

  /** What stays as it is, and isn't decoded here. */
  private static final List<String> UNSEEN =
      List.of("liver_(nonbyte_aligned_)?rle\\.dcm as rle", "map_double_float\\.dcm as raw");

  /** What pydicom finds changed. */
  private static final List<String> HEADERS =
      List.of(
          // A thousand frames are promised and one is there.
          "frames_lie\\.dcm\t.*\t00280008 IS '1000' became IS '1'",
          // What follows the data set is no element; pydicom makes one of it.
          "trailing_garbage\\.dcm\t.*\tADDEEFBE is only in the original");

  /** What dciodvfy takes for an error then, and why it didn't before. */
  private static final List<String> ERRORS =
      List.of(
          // It reads no further in the original, where an assertion ends it.
          "(rtdose\\w*|badVR)\\.dcm as rle: ",
          // What comes out of chroma for pairs of pixels is YBR_FULL pixel by pixel, which some
          // IODs don't list; RGB would change samples.
          "<YBR_FULL>$",
          "(US-YBR_FULL_422-EVRLE|examples_ybr_color)\\.dcm as \\w+: .*\\(0028,0006\\)",
          // A Secondary Capture of one frame by its class has two, of which the original is read
          // otherwise.
          "SC_rgb_(expb_)?32bit_2frame\\.dcm as rle: .*\\(0028,0008\\)",
          // One bit became bytes, which a binary segmentation doesn't have.
          "liver_(nonbyte_aligned_)?j2k\\.dcm as (jls|rle): .*\\(0028,0100\\)");

  private Justified() {}

  private static boolean any(List<String> patterns, String line) {
    return patterns.stream().anyMatch(pattern -> line.matches("(?s).*" + pattern + ".*"));
  }

  static boolean refusal(String line) {
    return any(REFUSED, line);
  }

  static boolean oracle(String line) {
    return any(ORACLE, line);
  }

  static boolean gdcminfo(String line) {
    return any(GDCMINFO, line);
  }

  static boolean unseen(String line) {
    return any(UNSEEN, line);
  }

  static boolean header(String line) {
    return any(HEADERS, line);
  }

  static boolean error(String line) {
    return any(ERRORS, line);
  }
}
