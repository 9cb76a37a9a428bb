package org.regionalpacs.intake.evict;

import java.util.Locale;

/** Why a file stays, or doesn't come back. */
enum Refusal {
  /** The study is pinned. */
  PINNED,
  /** No archive is known to have it. */
  NOT_ARCHIVED,
  /** The archive's copy, or something else, has the same bytes by a hard link: nothing is freed. */
  SHARED,
  /** The archived copy isn't the object. */
  COPY_DAMAGED,
  /** The archive no longer has the copy. */
  COPY_GONE,
  /** The archive didn't answer, or failed in a way that proves nothing. */
  UNREACHABLE,
  /** The file is gone, damaged or another's: reconciling sees to it. */
  FILE_CHANGED,
  /** It was deleted, pinned or changed while it was looked at. */
  CHANGED_MEANWHILE,
  /** No room for it above the free-space mark. */
  NO_ROOM;

  /** As it is told. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
