package org.regionalpacs.wado.render;

import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.SameSamples;

/** What an instance holds, as far as rendering is concerned (PS3.18 8.7.2, 8.7.4). */
enum StoredContent {
  /** One frame that can be decoded, where the library is there that its syntax may need. */
  SINGLE_FRAME,
  /** Several frames that can be decoded. */
  MULTI_FRAME,
  MPEG_2,
  /** MPEG-4 or HEVC. */
  MPEG_4,
  PDF,
  CDA,
  STL,
  OBJ,
  MTL,
  /** An image that is held in no transfer syntax that is decoded. */
  UNDECODED,
  /** Nothing that could be seen: a report, a presentation state, a waveform. */
  NO_IMAGE;

  private static final Pattern MPEG_2_SYNTAX =
      Pattern.compile("1\\.2\\.840\\.10008\\.1\\.2\\.4\\.10[01](\\.1)?");
  private static final Pattern MPEG_4_SYNTAX =
      Pattern.compile("1\\.2\\.840\\.10008\\.1\\.2\\.4\\.10[2-8](\\.1)?");

  /** Waveforms, presentation states, registrations and raw data, reports, plans. */
  private static final Pattern NO_IMAGE_CLASS =
      Pattern.compile(
          "1\\.2\\.840\\.10008\\.5\\.1\\.4\\.1\\.1\\."
              + "(9\\..*|11\\..*|66|66\\.[12356]|88\\..*|481\\.([3-9]|1\\d).*)");

  static StoredContent of(InstanceObject instance) {
    return switch (instance.sopClass()) {
      case UID.EncapsulatedPDFStorage -> PDF;
      case UID.EncapsulatedCDAStorage -> CDA;
      case UID.EncapsulatedSTLStorage -> STL;
      case UID.EncapsulatedOBJStorage -> OBJ;
      case UID.EncapsulatedMTLStorage -> MTL;
      case String other when NO_IMAGE_CLASS.matcher(other).matches() -> NO_IMAGE;
      default -> image(instance);
    };
  }

  private static StoredContent image(InstanceObject instance) {
    String syntax = instance.transferSyntax();
    if (MPEG_2_SYNTAX.matcher(syntax).matches()) {
      return MPEG_2;
    }
    if (MPEG_4_SYNTAX.matcher(syntax).matches()) {
      return MPEG_4;
    }
    if (SameSamples.cheapestFirst(instance).isEmpty()) {
      return UNDECODED;
    }
    return instance.numberOfFrames().orElse(1) > 1 ? MULTI_FRAME : SINGLE_FRAME;
  }

  /** Whether it can be made a picture. */
  boolean isPicture() {
    return this == SINGLE_FRAME || this == MULTI_FRAME;
  }
}
