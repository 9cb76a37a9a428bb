package org.regionalpacs.index;

/**
 * Two values of one attribute. They may identify a patient: not for logs.
 *
 * @param index what the index has
 * @param received what an object says
 */
public record Difference(String index, String received) {}
