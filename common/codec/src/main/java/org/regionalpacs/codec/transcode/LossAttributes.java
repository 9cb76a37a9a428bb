package org.regionalpacs.codec.transcode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** What a data set says of loss, and of the object it was before (PS3.3 C.7.6.1.1, C.12.4.1). */
final class LossAttributes {
  private static final int LONGEST_TEXT = 1024;

  private LossAttributes() {}

  /** Whether the image is said to have been compressed with loss. */
  static boolean areThere(Attributes dataSet) {
    return dataSet.getString(Tag.LossyImageCompression, "").equals("01");
  }

  /**
   * Says that the image was compressed with loss (PS3.3 C.7.6.1.1.5), once more if it was before:
   * methods and ratios are in the order in which they were applied, and correspond.
   */
  static void add(Loss loss, Attributes dataSet) {
    dataSet.setString(Tag.LossyImageCompression, "01");
    List<String> methods = new ArrayList<>(dataSet.getStrings(Tag.LossyImageCompressionMethod));
    List<String> ratios = new ArrayList<>(dataSet.getStrings(Tag.LossyImageCompressionRatio));
    while (methods.size() < ratios.size()) {
      methods.add("");
    }
    while (ratios.size() < methods.size()) {
      ratios.add("");
    }
    methods.add(loss.method());
    ratios.add(loss.decimal());
    dataSet.setString(Tag.LossyImageCompressionMethod, VR.CS, methods.toArray(String[]::new));
    dataSet.setString(Tag.LossyImageCompressionRatio, VR.DS, ratios.toArray(String[]::new));
  }

  /**
   * Makes it the data set of another object, derived from what it was (PS3.3 C.7.6.1.1.5: the image
   * is DERIVED and has a new SOP Instance UID).
   */
  static void derive(Attributes dataSet, Loss loss, String sopInstanceUid) {
    Attributes source = items(dataSet, Tag.SourceImageSequence).addItem();
    source
        .setString(Tag.ReferencedSOPClassUID, dataSet.getString(Tag.SOPClassUID, ""))
        .setString(Tag.ReferencedSOPInstanceUID, dataSet.getString(Tag.SOPInstanceUID, ""));
    code(
        items(source, Tag.PurposeOfReferenceCodeSequence).addItem(),
        "121320",
        "Uncompressed predecessor");
    Sequence derivations = items(dataSet, Tag.DerivationCodeSequence);
    if (derivations.stream().noneMatch(LossAttributes::isLossyCompression)) {
      code(derivations.addItem(), "113040", "Lossy Compression");
    }
    describe(dataSet, "Lossy compression %s %s:1".formatted(loss.method(), loss.decimal()));
    derivedType(dataSet, Tag.ImageType);
    for (int groups :
        List.of(Tag.SharedFunctionalGroupsSequence, Tag.PerFrameFunctionalGroupsSequence)) {
      dataSet.getSequence(groups).ifPresent(LossAttributes::derivedFrames);
    }
    dataSet.remove(Tag.SmallestImagePixelValue).remove(Tag.LargestImagePixelValue);
    dataSet.setString(Tag.SOPInstanceUID, sopInstanceUid);
  }

  private static Sequence items(Attributes dataSet, int tag) {
    return dataSet.getSequence(tag).orElseGet(() -> dataSet.newSequence(tag));
  }

  private static void code(Attributes item, String value, String meaning) {
    item.setString(Tag.CodeValue, value)
        .setString(Tag.CodingSchemeDesignator, "DCM")
        .setString(Tag.CodeMeaning, meaning);
  }

  private static boolean isLossyCompression(Attributes code) {
    return code.getString(Tag.CodeValue, "").equals("113040")
        && code.getString(Tag.CodingSchemeDesignator, "").equals("DCM");
  }

  /** Appends in bytes: what is there may be in another character set than it says. */
  private static void describe(Attributes dataSet, String text) {
    Optional<String> before =
        dataSet
            .getBytes(Tag.DerivationDescription)
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing())
            .filter(said -> !said.isEmpty());
    String all = before.map(said -> said + "; " + text).orElse(text);
    if (all.length() <= LONGEST_TEXT) {
      String even = all.length() % 2 == 0 ? all : all + ' ';
      dataSet.setBytes(
          Tag.DerivationDescription, VR.ST, even.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static void derivedFrames(Sequence items) {
    for (Attributes item : items) {
      if (item.contains(Tag.FrameType)) {
        derivedType(item, Tag.FrameType);
      }
      for (Element element : item) {
        if (element.value() instanceof Sequence nested) {
          derivedFrames(nested);
        }
      }
    }
  }

  private static void derivedType(Attributes dataSet, int tag) {
    String[] values = dataSet.getStrings(tag).toArray(String[]::new);
    if (values.length == 0) {
      dataSet.setString(tag, "DERIVED", "SECONDARY");
    } else if (values[0].equals("ORIGINAL")) {
      values[0] = "DERIVED";
      dataSet.setString(tag, VR.CS, values);
    }
  }
}
