package org.regionalpacs.codec.display;

import java.util.Optional;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** The modality transformation (PS3.3 C.11.1): from stored values to those of the device. */
sealed interface Modality {

  /** The value of a stored one. */
  double value(long stored);

  /** Slope and intercept, which an object without any has as 1 and 0. */
  record Rescale(double slope, double intercept) implements Modality {
    @Override
    public double value(long stored) {
      return stored * slope + intercept;
    }
  }

  /** A table. */
  record Table(LookupTable table) implements Modality {
    @Override
    public double value(long stored) {
      return table.at(stored);
    }
  }

  /** That of a frame. */
  static Modality of(FrameAttributes frame, ImageDescription image) {
    Attributes group = frame.of(Tag.PixelValueTransformationSequence);
    Optional<LookupTable> table =
        frame
            .dataSet()
            .getItem(Tag.ModalityLUTSequence)
            .flatMap(item -> LookupTable.of(item, image.signed()));
    if (table.isPresent()) {
      return new Table(table.get());
    }
    double slope = group.getDouble(Tag.RescaleSlope, 1);
    double intercept = group.getDouble(Tag.RescaleIntercept, 0);
    boolean usable = Double.isFinite(slope) && slope != 0 && Double.isFinite(intercept);
    return usable ? new Rescale(slope, intercept) : new Rescale(1, 0);
  }
}
