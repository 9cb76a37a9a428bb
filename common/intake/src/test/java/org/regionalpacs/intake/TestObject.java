package org.regionalpacs.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Random;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;

/** A small synthetic object and how it is sent. */
public record TestObject(Attributes attributes, String transferSyntax) {

  /** An object of a study of its own. */
  public static TestObject create() {
    return create(UID.generate());
  }

  public static TestObject create(String study) {
    byte[] pixels = new byte[2 * 64 * 64];
    new Random(7).nextBytes(pixels);
    Attributes attributes =
        new Attributes()
            .setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage)
            .setString(Tag.SOPInstanceUID, VR.UI, UID.generate())
            .setString(Tag.Modality, VR.CS, "CT")
            .setString(Tag.PatientName, VR.PN, "Intake^Test")
            .setString(Tag.PatientID, VR.LO, "P-1")
            .setString(Tag.StudyInstanceUID, VR.UI, study)
            .setString(Tag.SeriesInstanceUID, VR.UI, study + ".1")
            .setInt(Tag.Rows, VR.US, 64)
            .setInt(Tag.Columns, VR.US, 64)
            .setInt(Tag.BitsAllocated, VR.US, 16)
            .setBytes(Tag.PixelData, VR.OW, pixels);
    return new TestObject(attributes, UID.ExplicitVRLittleEndian);
  }

  public TestObject with(int tag, String value) {
    attributes.setString(tag, value);
    return this;
  }

  public TestObject without(int tag) {
    attributes.remove(tag);
    return this;
  }

  TestObject in(String otherTransferSyntax) {
    return new TestObject(attributes, otherTransferSyntax);
  }

  public String study() {
    return attributes.getString(Tag.StudyInstanceUID).orElseThrow();
  }

  public String sopInstance() {
    return attributes.getString(Tag.SOPInstanceUID).orElseThrow();
  }

  /** As a sender announces it. */
  public Reception reception() {
    return new Reception(
        "default",
        transferSyntax,
        attributes.getString(Tag.SOPClassUID),
        attributes.getString(Tag.SOPInstanceUID),
        "CT_1",
        "REGIONAL_PACS",
        Source.DIMSE,
        "127.0.0.1");
  }

  /** As a sender announces it who says nothing of its identity. */
  Reception anonymousReception() {
    return new Reception(
        "default",
        transferSyntax,
        Optional.empty(),
        Optional.empty(),
        "",
        "",
        Source.STOW,
        "127.0.0.1");
  }

  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DicomOutputStream.writeDataSet(attributes, transferSyntax, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public InputStream stream() {
    return new ByteArrayInputStream(bytes());
  }
}
