package org.regionalpacs.codec.jpeg;

/**
 * What a codestream must be, and how its samples come out.
 *
 * @param components of a pixel
 * @param size bytes of a sample, 1 to 4
 */
public record Shape(int rows, int columns, int components, int size) {}
