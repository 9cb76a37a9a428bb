package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.regionalpacs.intake.OnlineObjects;

/** Reads the files of a series whole, and compares their digests with those that were received. */
final class SeriesVerification {
  private final OnlineObjects objects;
  private final IndexView index;
  private final RunReport report;
  private final Repairs repairs;
  private final OnlineObjects.Pace pace;

  SeriesVerification(
      OnlineObjects objects,
      IndexView index,
      RunReport report,
      Repairs repairs,
      OnlineObjects.Pace pace) {
    this.objects = objects;
    this.index = index;
    this.report = report;
    this.repairs = repairs;
    this.pace = pace;
  }

  void verify(SeriesFolder series) throws IOException {
    List<IndexedObject> all = index.objects(series);
    for (IndexedObject object : all) {
      if (object.place().available()) {
        verify(series, object, all);
      }
    }
  }

  private void verify(SeriesFolder series, IndexedObject object, List<IndexedObject> all)
      throws IOException {
    try {
      String digest =
          objects.digest(
              object.place().path(),
              object.dataSetOffset(),
              bytes -> {
                report.run().bytesRead += bytes;
                pace.read(bytes);
              });
      if (!digest.equals(object.digest())) {
        repairs.damaged(series, object, all, "its digest is " + digest);
      }
    } catch (NoSuchFileException e) {
      // That it is gone is the comparison's to say.
    }
  }
}
