package org.regionalpacs.dicom.net;

import java.io.IOException;
import org.regionalpacs.dicom.data.UID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DIMSE service C-STORE as an SCP (PS3.7 9.3.1): turns whatever a handler does into a response.
 */
final class StoreService {
  private static final Logger LOG = LoggerFactory.getLogger(StoreService.class);

  private final StoreHandler handler;

  StoreService(StoreHandler handler) {
    this.handler = handler;
  }

  CommandSet perform(AssociationInfo association, Message message, MessageReader.DataSet dataSet)
      throws IOException {
    StoreResult result = store(request(association, message), message, dataSet);
    CommandSet response = message.command().response(result.status());
    if (!result.errorComment().isEmpty()) {
      response.withText(CommandElement.ERROR_COMMENT, result.errorComment());
    }
    return response;
  }

  private static StoreRequest request(AssociationInfo association, Message message) {
    return new StoreRequest(
        association,
        message.command().messageId(),
        message.command().text(CommandElement.AFFECTED_SOP_CLASS_UID),
        message.command().text(CommandElement.AFFECTED_SOP_INSTANCE_UID),
        message.context().abstractSyntax(),
        message.context().transferSyntax());
  }

  private StoreResult store(StoreRequest request, Message message, MessageReader.DataSet dataSet)
      throws AssociationException {
    if (request.abstractSyntax().equals(UID.Verification)) {
      return refused(request, Status.SOP_CLASS_NOT_SUPPORTED, "C-STORE in a verification context");
    }
    if (!message.command().hasDataSet()) {
      return refused(request, Status.CANNOT_UNDERSTAND, "C-STORE without a data set");
    }
    try {
      return handler.store(request, dataSet);
    } catch (AssociationException e) {
      throw e;
    } catch (Exception | Error e) {
      // An Error of one object (stack overflow, out of memory) must not end the association either.
      LOG.error("C-STORE failed on {}", request.association(), e);
      return StoreResult.of(Status.PROCESSING_FAILURE, "Internal error");
    }
  }

  private StoreResult refused(StoreRequest request, Status status, String comment) {
    StoreResult result = StoreResult.of(status, comment);
    handler.refused(request, result);
    return result;
  }
}
