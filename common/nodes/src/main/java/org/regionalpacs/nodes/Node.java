package org.regionalpacs.nodes;

/**
 * The node whose online files this process may touch.
 *
 * @param id as kept in its ROOT
 */
public record Node(String id) {}
