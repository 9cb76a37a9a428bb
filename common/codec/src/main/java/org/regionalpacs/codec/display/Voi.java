package org.regionalpacs.codec.display;

import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** The transformation of the values of interest (PS3.3 C.11.2) to where they lie, 0 to 1. */
sealed interface Voi {

  /** Where a value lies between black and white: 0 to 1. */
  double fraction(double value);

  /** A window. */
  record Windowed(Window window) implements Voi {
    @Override
    public double fraction(double value) {
      return window.fraction(value);
    }
  }

  /** A table. */
  record Table(LookupTable table) implements Voi {
    @Override
    public double fraction(double value) {
      return table.fractionAt(Math.round(value));
    }
  }

  /** From the least value there is to the greatest. */
  record Range(double least, double greatest) implements Voi {
    @Override
    public double fraction(double value) {
      double width = greatest - least;
      return width > 0 ? Math.clamp((value - least) / width, 0, 1) : 0;
    }
  }

  /** The one that a frame brings along: its table, else its first window. */
  static Optional<Voi> of(FrameAttributes frame, Modality modality, boolean signedStored) {
    Attributes group = frame.of(Tag.FrameVOILUTSequence);
    // Rescaled values may be negative whatever the stored ones were; a table's never are.
    boolean signed =
        switch (modality) {
          case Modality.Rescale(_, double intercept) -> signedStored || intercept < 0;
          case Modality.Table _ -> false;
        };
    Optional<Voi> table =
        group
            .getItem(Tag.VOILUTSequence)
            .flatMap(item -> LookupTable.of(item, signed))
            .map(Table::new);
    return table.or(() -> Window.of(group).map(Windowed::new));
  }
}
