package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InputStream;

/** What is sent by C-STORE. */
interface SentImage {
  String sopClass();

  String sopInstance();

  String transferSyntax();

  /** The bytes of its data set. */
  InputStream open() throws IOException;
}
