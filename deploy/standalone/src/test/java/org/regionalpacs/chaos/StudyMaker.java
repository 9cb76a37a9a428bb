package org.regionalpacs.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.SampleObjects;

/**
 * Makes new CT images of 64 by 64 pixels: half of them into a few large studies, the rest into many
 * small ones, each study with several series. Safe for use by many threads.
 */
final class StudyMaker {
  private static final int SIZE = 64;
  private static final int LARGE_STUDIES = 3;
  private static final int SMALL_STUDY = 25;
  private static final int MOST_SERIES = 6;

  private final Random random;
  private final List<List<SampleObjects>> large = new ArrayList<>();
  private List<SampleObjects> small = List.of();
  private int made;

  StudyMaker(long seed) {
    this.random = new Random(seed);
    for (int i = 0; i < LARGE_STUDIES; i++) {
      large.add(study());
    }
  }

  private List<SampleObjects> study() {
    SampleObjects first = SampleObjects.newStudy();
    List<SampleObjects> series = new ArrayList<>(List.of(first));
    int more = random.nextInt(MOST_SERIES);
    for (int i = 0; i < more; i++) {
      series.add(first.newSeries());
    }
    return series;
  }

  /** A new instance. */
  synchronized SentObject next() {
    made++;
    if (made % SMALL_STUDY == 1) {
      small = study();
    }
    List<SampleObjects> study =
        random.nextBoolean() ? large.get(random.nextInt(LARGE_STUDIES)) : small;
    SampleObjects series = study.get(random.nextInt(study.size()));
    return SentObject.of(enlarged(series.image(made)));
  }

  private Attributes enlarged(Attributes image) {
    byte[] pixels = new byte[SIZE * SIZE * Short.BYTES];
    random.nextBytes(pixels);
    return image
        .setInt(Tag.Rows, SIZE)
        .setInt(Tag.Columns, SIZE)
        .setBytes(Tag.PixelData, VR.OW, pixels);
  }

  /** The same instance with other pixels. */
  synchronized SentObject otherVersion(SentObject object) {
    byte[] bytes = object.dataSet().clone();
    byte[] noise = new byte[64];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, bytes, bytes.length - noise.length, noise.length);
    return new SentObject(
        object.study(),
        object.series(),
        object.sop(),
        bytes,
        SentObject.sha256(bytes, 0, bytes.length));
  }
}
