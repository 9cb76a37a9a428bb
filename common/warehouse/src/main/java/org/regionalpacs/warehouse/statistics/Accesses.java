package org.regionalpacs.warehouse.statistics;

/**
 * Requests of a group.
 *
 * @param group what {@link AccessBy} tells apart
 * @param requests all of them
 * @param failed those that were answered with a reason why not
 * @param bytes of their bodies
 * @param millis of the longest
 */
public record Accesses(String group, long requests, long failed, long bytes, long millis) {}
