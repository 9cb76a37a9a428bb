package org.regionalpacs.dicom.data;

/**
 * A data element as it stands in a data set.
 *
 * @param tag its tag
 * @param vr its VR
 * @param value {@code byte[]} in the data set's byte order, {@link Sequence}, {@link Fragments} or
 *     {@link BulkData}
 */
public record Element(int tag, VR vr, Object value) {}
