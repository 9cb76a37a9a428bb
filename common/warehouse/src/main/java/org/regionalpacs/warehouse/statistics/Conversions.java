package org.regionalpacs.warehouse.statistics;

/**
 * Conversions alike.
 *
 * @param from transfer syntax before
 * @param to transfer syntax after
 * @param outcome how they ended
 * @param conversions all of them
 * @param bytesBefore of all
 * @param bytesAfter of all
 * @param millis of all together
 */
public record Conversions(
    String from,
    String to,
    String outcome,
    long conversions,
    long bytesBefore,
    long bytesAfter,
    long millis) {}
