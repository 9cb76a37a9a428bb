package org.regionalpacs.wado;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.SampleObjects;

/**
 * One object of each kind that negotiation tells apart, by the name that tables of requests use.
 */
final class ReferenceObjects {
  static final byte[] PDF = "%PDF-1.4 of a report".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, Reference> objects = new LinkedHashMap<>();

  /**
   * An object as it was stored.
   *
   * @param frames its pixel data; none where a table doesn't ask for them
   */
  record Reference(Attributes object, String transferSyntax, List<byte[]> frames) {

    byte[] file() {
      return WadoIT.part10(object, transferSyntax);
    }

    String study() {
      return object.getString(Tag.StudyInstanceUID, "");
    }

    String series() {
      return object.getString(Tag.SeriesInstanceUID, "");
    }

    String instance() {
      return object.getString(Tag.SOPInstanceUID, "");
    }
  }

  ReferenceObjects() {
    SampleObjects ct = SampleObjects.newStudy();
    add("ct", uncompressed(withBulkData(ct.image(1))), UID.ExplicitVRLittleEndian);
    add("ct2", uncompressed(ct.image(2)), UID.ExplicitVRLittleEndian);
    add("implicit", uncompressed(newImage()), UID.ImplicitVRLittleEndian);
    add("bigendian", multiFrame(newImage()), UID.ExplicitVRBigEndian);
    add("deflated", uncompressed(newImage()), UID.DeflatedExplicitVRLittleEndian);
    compressed("baseline", UID.JPEGBaseline8Bit, 2);
    compressed("extended", UID.JPEGExtended12Bit, 1);
    compressed("lossless", UID.JPEGLosslessSV1, 1);
    compressed("jls", UID.JPEGLSLossless, 1);
    compressed("nearjls", UID.JPEGLSNearLossless, 1);
    compressed("jp2", UID.JPEG2000Lossless, 3);
    compressed("jpx", UID.JPEG2000MC, 1);
    compressed("htj2k", UID.HTJ2KLossless, 1);
    compressed("rle", UID.RLELossless, 1);
    compressed("private", "1.2.840.113619.5.2.99", 1);
    compressed("video", UID.MPEG4HP41, 1);
    add("pdf", pdf(), UID.ExplicitVRLittleEndian);
    SampleObjects mixed = SampleObjects.newStudy();
    add("mixed", uncompressed(mixed.image(1)), UID.ImplicitVRLittleEndian);
    add("mixed2", withFragments(mixed.image(2), 1), UID.JPEGBaseline8Bit);
  }

  private record Image(Attributes object, List<byte[]> frames) {}

  private void add(String name, Image image, String transferSyntax) {
    objects.put(name, new Reference(image.object(), transferSyntax, image.frames()));
  }

  private void compressed(String name, String transferSyntax, int frames) {
    add(name, withFragments(newImage(), frames), transferSyntax);
  }

  private static Attributes newImage() {
    return SampleObjects.newStudy().image(1);
  }

  private static Image uncompressed(Attributes image) {
    return new Image(image, List.of(image.getBytes(Tag.PixelData).orElseThrow()));
  }

  private static Image multiFrame(Attributes image) {
    int length = SampleObjects.SIZE * SampleObjects.SIZE * 2;
    byte[] pixels = new byte[3 * length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / length);
    }
    image.setInt(Tag.NumberOfFrames, 3).setBytes(Tag.PixelData, VR.OW, pixels);
    List<byte[]> frames =
        List.of(0, 1, 2).stream()
            .map(i -> Arrays.copyOfRange(pixels, i * length, (i + 1) * length))
            .toList();
    return new Image(image, frames);
  }

  /** Fragments that are no codestreams: what is sent as stored isn't looked into. */
  private static Image withFragments(Attributes image, int frames) {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    List<byte[]> codestreams = new ArrayList<>();
    for (int i = 1; i <= frames; i++) {
      byte[] frame = new byte[100];
      Arrays.fill(frame, (byte) i);
      codestreams.add(frame);
    }
    fragments.addAll(codestreams);
    image.set(Tag.PixelData, VR.OB, fragments);
    if (frames > 1) {
      image.setInt(Tag.NumberOfFrames, frames);
    }
    return new Image(image, codestreams);
  }

  /** With values that viewers ask for by their URI: a lookup table, and one in a sequence. */
  private static Attributes withBulkData(Attributes image) {
    image.setBytes(Tag.RedPaletteColorLookupTableData, VR.OW, bulk());
    image.newSequence(Tag.OpticalPathSequence).addItem().setBytes(Tag.ICCProfile, VR.OB, bulk());
    return image;
  }

  static byte[] bulk() {
    byte[] bytes = new byte[4096];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static Image pdf() {
    Attributes pdf =
        newImage()
            .remove(Tag.PixelData)
            .setString(Tag.SOPClassUID, UID.EncapsulatedPDFStorage)
            .setBytes(Tag.EncapsulatedDocument, VR.OB, PDF)
            .setInt(Tag.EncapsulatedDocumentLength, PDF.length)
            .setString(Tag.MIMETypeOfEncapsulatedDocument, "application/pdf");
    return new Image(pdf, List.of());
  }

  Reference named(String name) {
    return objects.get(name);
  }

  /** Those of one study. */
  List<Reference> ofStudyOf(String name) {
    String study = named(name).study();
    return objects.values().stream().filter(each -> each.study().equals(study)).toList();
  }

  byte[][] files() {
    return objects.values().stream().map(Reference::file).toArray(byte[][]::new);
  }

  /** Puts paths and identifiers in the place of names such as {ct}, {ct.series}, {ct.study}. */
  String resolve(String text) {
    String resolved = text;
    for (Map.Entry<String, Reference> entry : objects.entrySet()) {
      String name = entry.getKey();
      Reference one = entry.getValue();
      String study = "/studies/" + one.study();
      String series = study + "/series/" + one.series();
      resolved =
          resolved
              .replace("{" + name + "}", series + "/instances/" + one.instance())
              .replace("{" + name + ".series}", series)
              .replace("{" + name + ".study}", study)
              .replace("{" + name + ".study.uid}", one.study())
              .replace("{" + name + ".series.uid}", one.series())
              .replace("{" + name + ".uid}", one.instance())
              .replace("{" + name + ".patient}", one.object().getString(Tag.PatientID, ""))
              .replace("{" + name + ".name}", one.object().getString(Tag.PatientName, ""));
    }
    return resolved;
  }
}
