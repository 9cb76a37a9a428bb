package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes CT studies that were never sent before, each of a patient of its own. Their pixels come
 * from a small stock, so that making them takes no time worth telling.
 */
final class StudyMaker {
  /** Rows and columns of an image of 525 KB. */
  static final int SIDE = 512;

  private static final int STOCK = 16;

  private final int side;
  private final List<byte[]> pictures = new ArrayList<>();
  private final String prefix;
  private int made;

  private StudyMaker(String prefix, int side) {
    this.side = side;
    this.prefix = prefix;
  }

  /**
   * One whose pixels are random, so that nobody can compress them.
   *
   * @param side rows and columns of the images
   * @param prefix of the patients' ids
   */
  StudyMaker(int side, String prefix) {
    this(prefix, side);
    Random random = new Random(side);
    for (int i = 0; i < STOCK; i++) {
      ByteBuffer pixels = ByteBuffer.allocate(2 * side * side);
      CtSeries.fill(pixels, random);
      pictures.add(pixels.array());
    }
  }

  /** One whose images of 525 KB show a body, with the noise of a reconstruction. */
  static StudyMaker ofBodies(String prefix) {
    StudyMaker maker = new StudyMaker(prefix, SIDE);
    for (int i = 0; i < STOCK; i++) {
      maker.pictures.add(CodecFrames.CT.frame(i, SIDE).bytes());
    }
    return maker;
  }

  /** So many studies of so many images each. */
  List<MadeStudy> studies(int count, int images) throws IOException {
    List<MadeStudy> studies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      studies.add(study(prefix + ++made, images));
    }
    return studies;
  }

  /** One of a patient who may have others. */
  MadeStudy study(String patientId, int images) throws IOException {
    return new CtSeries(made, side, patientId).make(images, pictures);
  }
}
