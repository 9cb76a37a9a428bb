package org.regionalpacs.index;

import java.util.Optional;
import org.regionalpacs.dicom.data.VR;

/** How the values of an extended query tag are kept and compared. */
public enum QueryTagKind {
  /** Text, every letter as written. */
  TEXT,
  /** Code strings. */
  CODE,
  UID,
  /** Person names, folded. */
  NAME,
  /** YYYYMMDD. */
  DATE,
  /** HHMMSS.FFFFFF. */
  TIME,
  /** YYYYMMDDHHMMSS.FFFFFF in UTC. */
  MOMENT,
  NUMBER;

  /** The kind of a VR; empty for those that can't be searched by: bytes, long texts, sequences. */
  public static Optional<QueryTagKind> of(VR vr) {
    return switch (vr) {
      case AE, AS, LO, SH -> Optional.of(TEXT);
      case CS -> Optional.of(CODE);
      case UI -> Optional.of(UID);
      case PN -> Optional.of(NAME);
      case DA -> Optional.of(DATE);
      case TM -> Optional.of(TIME);
      case DT -> Optional.of(MOMENT);
      case DS, FD, FL, IS, SL, SS, UL, US -> Optional.of(NUMBER);
      case AT, LT, OB, OD, OF, OL, OV, OW, SQ, ST, SV, UC, UN, UR, UT, UV -> Optional.empty();
    };
  }
}
