package org.regionalpacs.nodes;

import java.util.UUID;

/**
 * A task that this process has taken.
 *
 * @param id of the task
 * @param kind which handler does it
 * @param key what the planner named it
 * @param arguments as JSON
 * @param attempt how often it was begun, this time included
 */
record ClaimedTask(UUID id, String kind, String key, String arguments, int attempt) {}
