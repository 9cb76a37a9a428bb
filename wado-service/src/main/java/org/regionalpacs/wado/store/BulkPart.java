package org.regionalpacs.wado.store;

import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;

/**
 * Bulk data that waits in the spool.
 *
 * @param mediaType of its part, without parameters
 * @param transferSyntax that the part names
 * @param place its bytes in the spool
 */
record BulkPart(String mediaType, Optional<String> transferSyntax, BulkData place) {
  static final String OCTETS = "application/octet-stream";

  boolean octets() {
    return mediaType.equals(OCTETS);
  }
}
