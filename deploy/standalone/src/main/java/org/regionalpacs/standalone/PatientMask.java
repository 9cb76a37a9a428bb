package org.regionalpacs.standalone;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides who the patient is in a message. Of the attributes of a header only those are shown that
 * are known to tell nothing of it: names, numbers and comments of other people's systems may.
 */
final class PatientMask {
  private static final String ATTRIBUTES = "Attributes";
  private static final Set<String> HARMLESS =
      Set.of(
          "AcquisitionDate",
          "AcquisitionDateTime",
          "AcquisitionTime",
          "BitsAllocated",
          "BodyPartExamined",
          "CTDIvol",
          "Columns",
          "EchoTime",
          "Exposure",
          "ExposureInmAs",
          "ExposureInuAs",
          "ExposureTime",
          "ExposureTimeInms",
          "ExposureTimeInuS",
          "ImageAndFluoroscopyAreaDoseProduct",
          "InstanceNumber",
          "KVP",
          "MagneticFieldStrength",
          "Manufacturer",
          "ManufacturerModelName",
          "Modality",
          "NumberOfFrames",
          "PhotometricInterpretation",
          "PixelSpacing",
          "RepetitionTime",
          "Rows",
          "SOPClassUID",
          "SOPInstanceUID",
          "SeriesInstanceUID",
          "SeriesNumber",
          "SliceThickness",
          "SoftwareVersions",
          "SpecificCharacterSet",
          "StudyDate",
          "StudyInstanceUID",
          "TimezoneOffsetFromUTC",
          "XRayTubeCurrent",
          "XRayTubeCurrentInmA",
          "XRayTubeCurrentInuA");
  private static final String HIDDEN = "(hidden, see --full)";

  private PatientMask() {}

  /** Hides every member of the message that is about the patient, at any depth. */
  static void hide(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        if (name.contains("Patient")) {
          object.put(name, HIDDEN);
        } else if (name.equals(ATTRIBUTES)) {
          hideAttributes(object);
        } else {
          hide(object.get(name));
        }
      }
      return;
    }
    node.forEach(PatientMask::hide);
  }

  private static void hideAttributes(ObjectNode message) {
    if (!(message.get(ATTRIBUTES) instanceof ObjectNode attributes)) {
      message.put(ATTRIBUTES, HIDDEN);
      return;
    }
    for (String keyword : List.copyOf(attributes.propertyNames())) {
      if (!HARMLESS.contains(keyword) || !attributes.get(keyword).isString()) {
        attributes.put(keyword, HIDDEN);
      }
    }
  }
}
