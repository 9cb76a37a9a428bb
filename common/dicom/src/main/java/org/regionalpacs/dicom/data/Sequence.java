package org.regionalpacs.dicom.data;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** The items of a sequence. An item belongs to one sequence at most. */
public final class Sequence extends AbstractList<Attributes> {
  private final Attributes owner;
  private final List<Attributes> items = new ArrayList<>(1);

  Sequence(Attributes owner) {
    this.owner = owner;
  }

  @Override
  public Attributes get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  /**
   * @throws IllegalArgumentException when the item belongs to a sequence already
   */
  @Override
  public void add(int index, Attributes item) {
    item.adopt(owner);
    items.add(index, item);
  }

  @Override
  public Attributes remove(int index) {
    Attributes item = items.remove(index);
    item.release();
    return item;
  }

  /** Appends a new, empty item in the byte order of the data set around it. */
  public Attributes addItem() {
    Attributes item = new Attributes(owner.isBigEndian());
    add(item);
    return item;
  }
}
