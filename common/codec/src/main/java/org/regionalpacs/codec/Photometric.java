package org.regionalpacs.codec;

import java.util.Arrays;
import java.util.Optional;

/** Photometric Interpretation (PS3.3 C.7.6.3.1.2). */
public enum Photometric {
  MONOCHROME1(1),
  MONOCHROME2(1),
  PALETTE_COLOR(1),
  RGB(3),
  YBR_FULL(3),
  /** Chroma for every second pixel of a row; decoders of compressed frames make it YBR_FULL. */
  YBR_FULL_422(3),
  YBR_PARTIAL_420(3),
  YBR_ICT(3),
  YBR_RCT(3);

  private final int samples;

  Photometric(int samples) {
    this.samples = samples;
  }

  /** The one of that name, as the attribute spells it. */
  public static Optional<Photometric> named(String name) {
    String constant = name.replace(' ', '_');
    return Arrays.stream(values()).filter(one -> one.name().equals(constant)).findFirst();
  }

  /** As every decoder gives it back: JPEG 2000's own color spaces as RGB (PS3.5 8.2.4). */
  public Photometric shown() {
    return this == YBR_RCT || this == YBR_ICT ? RGB : this;
  }

  /** Samples per pixel. */
  public int samples() {
    return samples;
  }

  /** Whether samples are levels of grey. */
  public boolean isGrey() {
    return this == MONOCHROME1 || this == MONOCHROME2;
  }

  /** Whether samples are luminance and two differences of chrominance. */
  public boolean isLuminanceChrominance() {
    return samples == 3 && this != RGB;
  }
}
