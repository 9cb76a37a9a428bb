package org.regionalpacs.dicom.io;

import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** File Meta Information (PS3.10 7.1). */
public final class FileMeta {
  /** Names this software in files and associations; under 2.25 and so ours alone. */
  public static final String IMPLEMENTATION_CLASS_UID =
      "2.25.190413570342912573214086524531698210843";

  /** At most 16 characters. */
  public static final String IMPLEMENTATION_VERSION_NAME = "REGIONALPACS_1";

  private FileMeta() {}

  /** The meta information of an object; the writer adds the group length. */
  public static Attributes of(String sopClass, String sopInstance, String transferSyntax) {
    return new Attributes()
        .setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1})
        .setString(Tag.MediaStorageSOPClassUID, sopClass)
        .setString(Tag.MediaStorageSOPInstanceUID, sopInstance)
        .setString(Tag.TransferSyntaxUID, transferSyntax)
        .setString(Tag.ImplementationClassUID, IMPLEMENTATION_CLASS_UID)
        .setString(Tag.ImplementationVersionName, IMPLEMENTATION_VERSION_NAME);
  }
}
