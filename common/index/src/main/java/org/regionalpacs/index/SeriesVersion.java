package org.regionalpacs.index;

/**
 * A state of a series: as long as it is the same, so are the series, its instances and their
 * renditions. Where they are is no part of it.
 *
 * @param changeNumber grows with every change
 * @param changed when that was, in microseconds since 1970: an index that was rebuilt may count
 *     from the beginning
 */
public record SeriesVersion(long changeNumber, long changed) {}
