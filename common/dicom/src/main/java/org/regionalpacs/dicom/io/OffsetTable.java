package org.regionalpacs.dicom.io;

/** What tells where the frames of encapsulated pixel data begin (PS3.5 A.4). */
public enum OffsetTable {
  /** Items and tables are written as they were read. */
  AS_IS,
  /** An empty Basic Offset Table: readers count fragments or look for codestreams. */
  EMPTY,
  /** A Basic Offset Table with an offset a frame, which must lie within the first 4 GB. */
  BASIC,
  /**
   * An empty Basic Offset Table, and (7FE0,0001) and (7FE0,0002) (PS3.3 C.7.6.3.1.8). These ask for
   * one fragment a frame, and so the fragments of a frame are joined.
   */
  EXTENDED
}
