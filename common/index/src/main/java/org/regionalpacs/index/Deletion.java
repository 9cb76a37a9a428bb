package org.regionalpacs.index;

import java.time.Instant;
import java.util.UUID;

/**
 * A deletion that took place.
 *
 * @param id its UUIDv7: receptions with smaller ids are dead
 * @param target what was deleted
 * @param requested when
 * @param objects how many objects were known, superseded versions included
 */
public record Deletion(UUID id, DeletionTarget target, Instant requested, int objects) {}
