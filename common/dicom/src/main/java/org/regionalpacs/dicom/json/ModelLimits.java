package org.regionalpacs.dicom.json;

/**
 * How much of a JSON or XML model is read before it is taken for hostile.
 *
 * @param maxDepth how deep sequences may nest
 * @param maxElements elements and items of a data set, at any depth; also values of one element
 * @param maxBytes characters and inline bytes of a data set's values
 */
public record ModelLimits(int maxDepth, int maxElements, long maxBytes) {
  /** 64 deep as for files, a million elements, 64 MB; pixel data is referred to, not inline. */
  public static final ModelLimits DEFAULT = new ModelLimits(64, 1_000_000, 64L << 20);
}
