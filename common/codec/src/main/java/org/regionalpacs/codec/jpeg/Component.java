package org.regionalpacs.codec.jpeg;

/**
 * A component of a frame (T.81 B.2.2).
 *
 * @param place its place in the frame, from 0
 * @param id by which scans name it
 * @param across samples of it in the width of an MCU, in blocks or, without DCT, samples
 * @param down the same in its height
 * @param quantization which table, 0 to 3
 */
record Component(int place, int id, int across, int down, int quantization) {}
