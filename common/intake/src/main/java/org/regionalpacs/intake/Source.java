package org.regionalpacs.intake;

/** The door an object came through. */
public enum Source {
  /** C-STORE (PS3.7 9.1.1). */
  DIMSE,
  /** STOW-RS (PS3.18 10.5). */
  STOW
}
