package org.regionalpacs.wado.store;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.data.BulkData;

/**
 * What came in the parts of a request.
 *
 * @param kind what its metadata is written in
 * @param metadata where it is, part by part
 * @param bulk the bulk data
 * @param failures what is wrong with parts
 */
record Pieces(
    StoreRequest request,
    StorePayload.Kind kind,
    List<BulkData> metadata,
    BulkParts bulk,
    List<StoreOutcome> failures) {

  /** None yet. */
  Pieces(StoreRequest request, StorePayload.Kind kind) {
    this(request, kind, new ArrayList<>(), new BulkParts(request.url()), new ArrayList<>());
  }
}
