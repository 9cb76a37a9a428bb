package org.regionalpacs.codec.openjpeg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.ImageDescription;

/** An {@code opj_image_t}, and the {@code opj_image_comp_t} that it points to. */
record ImageStructure(MemorySegment image) {
  private static final int IMAGE = 48;
  private static final int RIGHT = 8;
  private static final int BOTTOM = 12;
  private static final int COUNT = 16;
  private static final int COMPONENTS = 24;
  private static final int COMPONENT = 64;
  private static final int COLUMNS = 8;
  private static final int ROWS = 12;
  private static final int DATA = 48;

  static ImageStructure of(MemorySegment address) {
    return new ImageStructure(address.reinterpret(IMAGE));
  }

  /** Sets how far it reaches from 0, 0. */
  void reach(int columns, int rows) {
    image.set(JAVA_INT, RIGHT, columns);
    image.set(JAVA_INT, BOTTOM, rows);
  }

  /**
   * The samples of a component, each 32 bits.
   *
   * @throws CorruptFrameException when there are none, or not as many as the image has pixels
   */
  MemorySegment data(int component, ImageDescription expected) throws CorruptFrameException {
    if (component >= image.get(JAVA_INT, COUNT)) {
      throw new CorruptFrameException("a JPEG 2000 codestream lacks a component");
    }
    long all = (long) COMPONENT * image.get(JAVA_INT, COUNT);
    MemorySegment one =
        image
            .get(ADDRESS, COMPONENTS)
            .reinterpret(all)
            .asSlice((long) COMPONENT * component, COMPONENT);
    MemorySegment data = one.get(ADDRESS, DATA);
    boolean whole =
        one.get(JAVA_INT, COLUMNS) == expected.columns()
            && one.get(JAVA_INT, ROWS) == expected.rows()
            && data.address() != 0;
    if (!whole) {
      throw new CorruptFrameException("a JPEG 2000 codestream lacks samples of a component");
    }
    return data.reinterpret(expected.pixels() * Integer.BYTES);
  }
}
