package org.regionalpacs.dicom.json;

import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.VR;

/**
 * Fetches what a JSON or XML model refers to. It is for the resolver to decide which URIs may be
 * followed: they come from strangers.
 */
@FunctionalInterface
public interface BulkDataResolver {
  /** Elements whose values are elsewhere are left out. */
  BulkDataResolver LEAVE_OUT = (into, tag, vr, uri) -> {};

  /**
   * Sets the element: bytes in little endian, fragments, or a place in a source; or leaves it out.
   *
   * @param into the data set or item that the element belongs to
   * @param uri {@code BulkDataURI} (PS3.18 F.2.6), or the uri or uuid of {@code BulkData} (PS3.19
   *     A.1.5)
   * @throws IOException when it can't be had; it ends the reading
   */
  void resolve(Attributes into, int tag, VR vr, String uri) throws IOException;
}
