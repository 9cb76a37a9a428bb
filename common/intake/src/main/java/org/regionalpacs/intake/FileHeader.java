package org.regionalpacs.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;

/**
 * The first {@link #SIZE} bytes of every file the intake writes: preamble, {@code DICM} and file
 * meta information (PS3.10 7.1). The size is constant, so that the data set can be streamed to its
 * place before its identity is known; Private Information (0002,0102) is as long as it takes, and
 * carries the {@link Seal}.
 *
 * @param sopClass Media Storage SOP Class UID; may be empty
 * @param sopInstance Media Storage SOP Instance UID
 * @param transferSyntax encoding of the data set
 * @param callingAe AE title of the sender; may be empty
 * @param calledAe AE title it was sent to; may be empty
 * @param seal what the intake knows of the object
 */
record FileHeader(
    String sopClass,
    String sopInstance,
    String transferSyntax,
    String callingAe,
    String calledAe,
    Seal seal) {

  /** Where the data set begins. The longest UIDs and titles leave 400 bytes to the seal. */
  static final int SIZE = 1024;

  /** Says that Private Information is a {@link Seal}. */
  static final String PRIVATE_CREATOR = "2.25.61160741571760511664683337472256977964";

  private static final String IMPLEMENTATION_CLASS = "2.25.68706587787845314937205560111200238787";
  private static final String IMPLEMENTATION_VERSION = "REGIONAL_PACS_1";
  private static final int MAX_AE_TITLE = 16;

  FileHeader {
    callingAe = title(callingAe);
    calledAe = title(calledAe);
  }

  private static String title(String title) {
    String usable = title.strip().replaceAll("[^\\x20-\\x5B\\x5D-\\x7E]", "?");
    return usable.substring(0, Math.min(usable.length(), MAX_AE_TITLE)).strip();
  }

  /** The header's {@link #SIZE} bytes. */
  byte[] encode() {
    Attributes meta = new Attributes();
    meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
    meta.setString(Tag.MediaStorageSOPClassUID, VR.UI, sopClass);
    meta.setString(Tag.MediaStorageSOPInstanceUID, VR.UI, sopInstance);
    meta.setString(Tag.TransferSyntaxUID, VR.UI, transferSyntax);
    meta.setString(Tag.ImplementationClassUID, VR.UI, IMPLEMENTATION_CLASS);
    meta.setString(Tag.ImplementationVersionName, VR.SH, IMPLEMENTATION_VERSION);
    setTitle(meta, Tag.SourceApplicationEntityTitle, callingAe);
    setTitle(meta, Tag.ReceivingApplicationEntityTitle, calledAe);
    meta.setString(Tag.PrivateInformationCreatorUID, VR.UI, PRIVATE_CREATOR);
    byte[] information = seal.encode();
    int rest = SIZE - write(meta, information).length;
    if (rest < 0) {
      throw new IllegalArgumentException("file meta information is too long");
    }
    return write(meta, Arrays.copyOf(information, information.length + rest));
  }

  private static void setTitle(Attributes meta, int tag, String title) {
    if (!title.isEmpty()) {
      meta.setString(tag, VR.AE, title);
    }
  }

  private static byte[] write(Attributes meta, byte[] information) {
    meta.setBytes(Tag.PrivateInformation, VR.OB, information);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(SIZE);
    try {
      DicomOutputStream.writeFileMeta(meta, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
