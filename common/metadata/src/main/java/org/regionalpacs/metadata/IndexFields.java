package org.regionalpacs.metadata;

import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.InstanceObject;

/** What the index knows of an instance, for a header that doesn't say. */
final class IndexFields {
  private IndexFields() {}

  static Attributes only(InstanceObject instance) {
    return complete(new Attributes(), instance);
  }

  static Attributes complete(Attributes header, InstanceObject instance) {
    uid(header, Tag.SOPClassUID, instance.sopClass());
    uid(header, Tag.SOPInstanceUID, instance.sop());
    uid(header, Tag.StudyInstanceUID, instance.study());
    uid(header, Tag.SeriesInstanceUID, instance.series());
    if (!header.contains(Tag.InstanceNumber)) {
      instance
          .instanceNumber()
          .ifPresent(
              number -> header.setString(Tag.InstanceNumber, VR.IS, Integer.toString(number)));
    }
    if (!header.contains(Tag.NumberOfFrames)) {
      instance
          .numberOfFrames()
          .ifPresent(
              frames -> header.setString(Tag.NumberOfFrames, VR.IS, Integer.toString(frames)));
    }
    return header;
  }

  private static void uid(Attributes header, int tag, String uid) {
    if (!uid.isEmpty() && !header.containsValue(tag)) {
      header.setString(tag, VR.UI, uid);
    }
  }
}
