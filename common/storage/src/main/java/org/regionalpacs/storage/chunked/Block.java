package org.regionalpacs.storage.chunked;

/**
 * A part of a blob, kept as a blob of its own.
 *
 * @param id what the store reads it by
 * @param size bytes
 * @param crc CRC32 of them
 */
record Block(String id, long size, int crc) {}
