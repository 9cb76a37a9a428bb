package org.regionalpacs.dicom.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.ValueMultiplicity;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;

/** Any bytes are read as a data set, or refused by one of the documented exceptions. */
public final class DataSetTarget {
  private DataSetTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Allocations.bounded(
        input.length,
        () -> {
          file(input);
          dataSet(input, UID.ImplicitVRLittleEndian);
          dataSet(input, UID.ExplicitVRBigEndian);
          frames(input);
        });
  }

  private static void file(byte[] input) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(input))) {
      readEverything(in.readDataSet());
      in.warnings().forEach(warning -> warning.kind().name());
    } catch (DicomFormatException e) {
      requireReason(e, input);
    }
  }

  private static void dataSet(byte[] input, String syntax) throws IOException {
    try (var in = DicomInputStream.ofDataSet(new ByteArrayInputStream(input), syntax)) {
      try {
        readEverything(in.bulkDataThreshold(64).maxDepth(8).readDataSet());
      } catch (DicomFormatException e) {
        requireReason(e, input);
        readEverything(in.readSoFar());
      }
    }
  }

  private static void frames(byte[] input) throws IOException {
    try {
      PixelFrames frames = PixelFrames.of(ByteSource.of(input));
      for (int frame = 1; frame <= Math.min(3, frames.count()); frame++) {
        frames.copy(ByteSource.of(input), frame, java.io.OutputStream.nullOutputStream());
      }
    } catch (DicomFormatException | NoPixelDataException e) {
      requireReason(e, input);
    }
  }

  private static void requireReason(IOException e, byte[] input) {
    if (e.getMessage().isBlank()
        || e instanceof DicomFormatException format && format.position() < 0) {
      throw new AssertionError("no reason is given for " + input.length + " bytes", e);
    }
  }

  private static void readEverything(Attributes dataSet) {
    for (Element element : dataSet) {
      dataSet.getStrings(element.tag());
      dataSet.getInts(element.tag());
      dataSet.getLong(element.tag(), 0);
      if (element.value() instanceof Sequence items) {
        items.forEach(DataSetTarget::readEverything);
      }
    }
    ValueMultiplicity.violations(dataSet);
  }
}
