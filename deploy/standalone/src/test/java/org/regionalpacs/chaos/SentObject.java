package org.regionalpacs.chaos;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/**
 * An object as it is sent: one version of an instance.
 *
 * @param dataSet its bytes, without file meta information, in Explicit VR Little Endian
 * @param digest SHA-256 of these
 */
record SentObject(String study, String series, String sop, byte[] dataSet, String digest) {
  static final String SOP_CLASS = UID.CTImageStorage;
  static final String TRANSFER_SYNTAX = UID.ExplicitVRLittleEndian;

  static SentObject of(Attributes image) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DicomOutputStream.writeDataSet(image, TRANSFER_SYNTAX, out);
      byte[] bytes = out.toByteArray();
      return new SentObject(
          image.getString(Tag.StudyInstanceUID, ""),
          image.getString(Tag.SeriesInstanceUID, ""),
          image.getString(Tag.SOPInstanceUID, ""),
          bytes,
          sha256(bytes, 0, bytes.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] bytes, int from, int to) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, to - from);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  InputStream stream() {
    return new ByteArrayInputStream(dataSet);
  }

  /** The same with preamble and file meta information. */
  byte[] part10() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DicomOutputStream.writeFile(
          FileMeta.of(SOP_CLASS, sop, TRANSFER_SYNTAX), new Attributes(), out);
      out.write(dataSet);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
