package org.regionalpacs.nodes;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a task is.
 *
 * @param done when it was done; empty while it isn't
 * @param result the handler's result as JSON; empty while it isn't done
 * @param attempts how often it was begun
 * @param failure why the last attempt failed; empty when it didn't
 */
public record TaskOutcome(
    Optional<Instant> done, Optional<String> result, int attempts, Optional<String> failure) {}
