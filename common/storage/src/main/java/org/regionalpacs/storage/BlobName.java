package org.regionalpacs.storage;

import java.util.regex.Pattern;

/** The rule for names of blobs, see {@link BlobStore}. */
public final class BlobName {
  private static final String PART = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";
  private static final Pattern NAME = Pattern.compile(PART + "(?:/" + PART + "){0,5}");

  private BlobName() {}

  /**
   * The name.
   *
   * @throws IllegalArgumentException when the name isn't one
   */
  public static String require(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of a blob");
    }
    return name;
  }
}
