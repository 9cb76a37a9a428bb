package org.regionalpacs.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.regionalpacs.dicom.data.UID;

/**
 * A CT image in memory, in Explicit VR Little Endian.
 *
 * @param head its data set up to the value of Pixel Data
 * @param pixels that value, shared with other images
 */
record MadeImage(String sopInstance, byte[] head, byte[] pixels) implements SentImage {
  @Override
  public String sopClass() {
    return UID.CTImageStorage;
  }

  @Override
  public String transferSyntax() {
    return UID.ExplicitVRLittleEndian;
  }

  @Override
  public InputStream open() {
    return new SequenceInputStream(
        new ByteArrayInputStream(head), new ByteArrayInputStream(pixels));
  }

  /** Of the data set, in bytes. */
  long size() {
    return (long) head.length + pixels.length;
  }
}
