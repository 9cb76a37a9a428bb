package org.regionalpacs.index;

import java.util.OptionalInt;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** The instance-level attributes that QIDO-RS returns, as one object gives them. */
record InstanceEntry(
    OptionalInt instanceNumber,
    OptionalInt rows,
    OptionalInt columns,
    OptionalInt bitsAllocated,
    OptionalInt numberOfFrames) {

  static InstanceEntry of(Attributes header) {
    return new InstanceEntry(
        LevelAttributes.number(header, Tag.InstanceNumber),
        LevelAttributes.number(header, Tag.Rows),
        LevelAttributes.number(header, Tag.Columns),
        LevelAttributes.number(header, Tag.BitsAllocated),
        LevelAttributes.number(header, Tag.NumberOfFrames));
  }
}
