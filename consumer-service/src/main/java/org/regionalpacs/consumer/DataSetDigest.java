package org.regionalpacs.consumer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.regionalpacs.dicom.io.ByteSource;

/** SHA-256 of the data set of a file, as intake computes it. */
public final class DataSetDigest {
  private DataSetDigest() {}

  /** Of the data set that starts there. */
  public static String of(ByteSource file, long dataSetOffset) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream dataSet = file.open(dataSetOffset, -1);
        OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      dataSet.transferTo(sink);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
