package org.regionalpacs.dicom.fuzz;

import java.io.ByteArrayInputStream;
import org.regionalpacs.dicom.json.BulkDataResolver;
import org.regionalpacs.dicom.json.DicomJsonException;
import org.regionalpacs.dicom.json.DicomJsonReader;

/** Any bytes are data sets in JSON, or refused by a {@link DicomJsonException}. */
public final class JsonTarget {
  private JsonTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Allocations.bounded(input.length, () -> read(input));
  }

  private static void read(byte[] input) throws Exception {
    DicomJsonReader reader = new DicomJsonReader(BulkDataResolver.LEAVE_OUT);
    try {
      reader.readAll(new ByteArrayInputStream(input), dataSet -> dataSet.forEach(element -> {}));
    } catch (DicomJsonException e) {
      if (e.getMessage().isBlank()) {
        throw new AssertionError("no reason is given", e);
      }
    }
  }
}
