package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame index while its instances come one by one. Layouts that it has no room for aren't held
 * until it is written: those of a series of large whole-slide images would fill the heap.
 */
final class FrameIndexDraft {
  /** Bytes of all layouts together. */
  static final int MAX_LAYOUTS = 16 * 1024 * 1024;

  private final List<IndexedFrames> instances;
  private int room = MAX_LAYOUTS;

  /**
   * @param expected number of instances
   */
  FrameIndexDraft(int expected) {
    this.instances = new ArrayList<>(expected);
  }

  /** Adds an instance; without its layout where that is too much. */
  void add(IndexedFrames instance) {
    IndexedFrames held = instance.layout().length <= room ? instance : instance.withoutLayout();
    room -= held.layout().length;
    instances.add(held);
  }

  List<IndexedFrames> instances() {
    return List.copyOf(instances);
  }

  /** Writes it as {@link FrameIndexBytes}. */
  void writeTo(OutputStream out) throws IOException {
    FrameIndexBytes.write(instances, out);
  }
}
