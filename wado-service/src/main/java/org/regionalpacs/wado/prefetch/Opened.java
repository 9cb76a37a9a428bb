package org.regionalpacs.wado.prefetch;

import java.util.Optional;

/**
 * A study that somebody reads.
 *
 * @param series whose frames or objects are read; empty when the study was opened only
 */
record Opened(StudyKey study, Optional<String> series) {}
