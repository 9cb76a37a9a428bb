package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.CodecException;

/** What is made of the scans of a frame. */
interface ScanDecoder {
  /** Reads a scan. */
  void read(Scan scan, Tables tables, EntropyBits bits) throws CodecException;

  /**
   * Ends after the last scan.
   *
   * @throws CodecException when something is still missing
   */
  void end() throws CodecException;
}
