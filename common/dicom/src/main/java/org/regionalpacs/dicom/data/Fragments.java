package org.regionalpacs.dicom.data;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * Encapsulated pixel data (PS3.5 A.4): the Basic Offset Table first, then the fragments; each is a
 * {@code byte[]} or a {@link BulkData}.
 */
public final class Fragments extends AbstractList<Object> {
  private final List<Object> fragments = new ArrayList<>(2);

  @Override
  public Object get(int index) {
    return fragments.get(index);
  }

  @Override
  public int size() {
    return fragments.size();
  }

  /**
   * @throws IllegalArgumentException when the fragment is neither {@code byte[]} nor {@link
   *     BulkData}
   */
  @Override
  public void add(int index, Object fragment) {
    if (!(fragment instanceof byte[]) && !(fragment instanceof BulkData)) {
      throw new IllegalArgumentException("no fragment: " + fragment.getClass());
    }
    fragments.add(index, fragment);
  }

  /** Bytes of a fragment. */
  public static long length(Object fragment) {
    return fragment instanceof BulkData bulk ? bulk.length() : ((byte[]) fragment).length;
  }
}
