package org.regionalpacs.dicom.data;

/**
 * A data set lacks a value that is needed, or has another than one of its kind. The message names
 * the attribute and what is wrong, never a value.
 */
public final class InvalidAttributeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int tag;
  private final Problem problem;

  /** What is wrong with an attribute. */
  public enum Problem {
    /** The element isn't there. */
    MISSING,
    /** The element is there without a value. */
    EMPTY,
    /** The value isn't one of the kind that is asked for. */
    WRONG_TYPE
  }

  InvalidAttributeException(int tag, Problem problem, String what) {
    super(
        Tag.toString(tag)
            + ElementDictionary.keywordOf(tag).map(keyword -> " " + keyword).orElse("")
            + " "
            + what);
    this.tag = tag;
    this.problem = problem;
  }

  /** The attribute. */
  public int tag() {
    return tag;
  }

  /** What is wrong with it. */
  public Problem problem() {
    return problem;
  }
}
