package org.regionalpacs.wado.prefetch;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.wado.retrieve.FrameIndexes;

/**
 * Makes ready what a reader of a study wants next: the frame indexes of the series that he reads
 * and of those behind it. Of a study that isn't all on the disks of this host and of nodes that
 * answer, its evicted files are wanted back, and the first objects come into the hot cache
 * meanwhile, in the order in which they are looked at.
 */
final class StudyPrefetch implements Prefetches.Work {
  private final StudyPlaces places;
  private final InstanceObjects instances;
  private final FrameIndexes indexes;
  private final ObjectsAhead ahead;
  private final PrefetchProperties properties;

  StudyPrefetch(
      StudyPlaces places,
      InstanceObjects instances,
      FrameIndexes indexes,
      ObjectsAhead ahead,
      PrefetchProperties properties) {
    this.places = places;
    this.instances = instances;
    this.indexes = indexes;
    this.ahead = ahead;
    this.properties = properties;
  }

  @Override
  public void prefetch(Opened opened, BooleanSupplier wanted) throws IOException {
    StudyKey study = opened.study();
    List<String> series = places.series(study, opened.series(), properties.maxSeries());
    series.forEach(each -> indexes.warm(study.tenant(), study.study(), each));
    if (!series.isEmpty() && !places.isOnline(study)) {
      if (properties.bringBack()) {
        places.wantBack(study);
      }
      bringNear(study, series, wanted);
    }
  }

  private void bringNear(StudyKey study, List<String> series, BooleanSupplier wanted)
      throws IOException {
    long left = properties.maxBytes().toBytes();
    for (String each : series) {
      if (left <= 0 || !wanted.getAsBoolean()) {
        return;
      }
      for (InstanceObject object : instances.ofSeries(study.tenant(), study.study(), each)) {
        if (left <= 0 || !wanted.getAsBoolean()) {
          return;
        }
        left -= ahead.bring(object, left, wanted);
      }
    }
  }
}
