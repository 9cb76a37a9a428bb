package org.regionalpacs.wado.retrieve;

import java.util.Optional;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.web.MediaRange;

/** What a media range wants of the transfer syntax of application/dicom. */
enum WantedSyntax {
  /** The range accepts any representation whatever. */
  WHATEVER,
  /** {@code transfer-syntax=*}: as stored. */
  AS_STORED,
  /** Nothing said: the default (PS3.18 8.7.3.5.2). */
  DEFAULT,
  /** Explicit VR Little Endian by name. */
  EXPLICIT_LITTLE_ENDIAN,
  /** By name the very one it is stored in. */
  THE_STORED_ONE,
  /** Another one by name, that can be made. */
  MADE,
  /** Another one by name. */
  ANOTHER;

  static WantedSyntax of(MediaRange range, String stored) {
    Optional<String> named = range.transferSyntax();
    if (named.isEmpty()) {
      // An archive is for people, who want the files as they are.
      boolean whatever = range.wanted().equals("*/*") || ObjectNegotiation.isZip(range);
      return whatever ? WHATEVER : DEFAULT;
    }
    return switch (named.get()) {
      case "*" -> AS_STORED;
      case UID.ExplicitVRLittleEndian -> EXPLICIT_LITTLE_ENDIAN;
      case String name when name.equals(stored) -> THE_STORED_ONE;
      case String name when MadeSyntax.isMade(name) -> MADE;
      default -> ANOTHER;
    };
  }
}
