package org.regionalpacs.index;

import java.time.Instant;

/**
 * A study whose files stay online.
 *
 * @param study Study Instance UID
 * @param reason why, in the words of who pinned it; may be empty
 * @param pinned since when
 */
public record StudyPin(String study, String reason, Instant pinned) {}
