package org.regionalpacs.dicom.data;

/**
 * A value that was left where it is.
 *
 * @param offset position of its first byte in the source the data set was read from (of a deflated
 *     data set: in the inflated data set)
 * @param length bytes
 */
public record BulkData(long offset, long length) {}
