package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;

/** Performs C-STORE as an SCP. Thread-safe: called by all associations at once. */
@FunctionalInterface
public interface StoreHandler {
  /**
   * Stores one object. The response is sent when this returns; what it left of the data set is read
   * and dropped before.
   *
   * <p>Legal statuses (PS3.4 B.2.3, PS3.7 9.1.1.1.9): success {@link Status#SUCCESS}; warnings
   * {@link Status#COERCION_OF_DATA_ELEMENTS}, {@link Status#ELEMENTS_DISCARDED}, {@link
   * Status#DATA_SET_MISMATCH_STORED}; failures {@link Status#OUT_OF_RESOURCES} (A7xx), {@link
   * Status#DATA_SET_DOES_NOT_MATCH_SOP_CLASS} (A9xx), {@link Status#CANNOT_UNDERSTAND} (Cxxx),
   * {@link Status#INVALID_SOP_INSTANCE}, {@link Status#DUPLICATE_SOP_INSTANCE}, {@link
   * Status#SOP_CLASS_NOT_SUPPORTED}, {@link Status#NOT_AUTHORIZED}, {@link
   * Status#PROCESSING_FAILURE} and the general ones of PS3.7 Annex C.
   *
   * @param request who asks for what
   * @param dataSet the data set as it is encoded on the wire, straight from the connection: long
   *     reads are cheaper than short ones. It throws {@link AssociationException} when the
   *     connection fails; nothing can be answered then.
   * @return status and comment of the response
   * @throws IOException answered as {@link Status#PROCESSING_FAILURE}, as every other exception,
   *     unless the connection failed
   */
  StoreResult store(StoreRequest request, InputStream dataSet) throws IOException;

  /**
   * Is told of a request that was refused without asking this handler: no data set comes with it,
   * or its presentation context isn't for storage.
   */
  default void refused(StoreRequest request, StoreResult result) {}
}
