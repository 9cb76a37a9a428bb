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
          // A codestream of another width among others.
          "fo-dicom/Data/multiframe\\.dcm as \\w+: frame 14: .* 55 x 240 pixels");

  /** What DCMTK or GDCM don't decode, though others do. */
  private static final List<String> ORACLE =
      List.of(
          // DCMTK has no JPEG-LS of 2 or 7 bits.
          "JLSL_08_07_0_1F\\.dcm as jls: F: Invalid compressed",
          "liver_j2k\\.dcm as jls: F: Codec received unsupported compression parameters",
          // GDCM writes no more than one frame of such a Secondary Capture, of the original too.
          "SC_rgb_(rle_)?16bit_2frame\\.dcm as j2k: Failed to write",
          // Neither they nor we decode RLE of one bit, which stays as it is.
          "liver_nonbyte_aligned_rle\\.dcm as rle");

  /** What dciodvfy takes for an error then, and why it didn't before. */
  private static final List<String> ERRORS =
      List.of(
          // It reads no further in the original, where an assertion ends it.
          "rtdose\\.dcm as rle: ",
          // (0002,0003) was another one than (0008,0018), which is no UID.
          "bad_sequence\\.dcm as \\w+: .*\\(0002,0003\\)",
          // What comes out of chroma for pairs of pixels is YBR_FULL pixel by pixel, which some
          // IODs don't list; RGB would change samples.
          "<YBR_FULL>$",
          "US-YBR_FULL_422-EVRLE\\.dcm as \\w+: .*\\(0028,0006\\)",
          // A Secondary Capture of one frame by its class has two, of which the original is read
          // otherwise.
          "SC_rgb_32bit_2frame\\.dcm as rle: .*\\(0028,0008\\)",
          // One bit became bytes, which a binary segmentation doesn't have.
          "liver_j2k\\.dcm as (jls|rle): .*\\(0028,0100\\)");

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

  static boolean error(String line) {
    return any(ERRORS, line);
  }
}
