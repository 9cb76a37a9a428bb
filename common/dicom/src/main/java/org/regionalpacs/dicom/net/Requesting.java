package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;

/** The requestor's side of association negotiation (PS3.8 7.1). */
final class Requesting {
  private Requesting() {}

  /** What is asked for. */
  static AssociateRequest request(
      RemoteAe remote, String callingAe, Collection<ProposedContext> contexts, ScuOptions options) {
    return new AssociateRequest(
        1,
        remote.aeTitle(),
        AeTitle.require(callingAe),
        AssociateRequest.DICOM_APPLICATION_CONTEXT,
        ProposedContext.numbered(contexts),
        UserInformation.ours(options.maxPdu()).asking(window(options), options.identity()));
  }

  /** None is asked for when there is nothing to gain: some servers stumble over the question. */
  private static Optional<AsyncOperations> window(ScuOptions options) {
    return options.maxOperations() == 1
        ? Optional.empty()
        : Optional.of(new AsyncOperations(options.maxOperations(), 1));
  }

  /**
   * Sends the request and waits for its acceptance.
   *
   * @throws AssociationException when there is none; its type says why
   */
  static AssociateAccept associate(
      AssociateRequest request, Transport transport, PduReader pdus, Duration limit)
      throws IOException {
    byte[] pdu = PduEncoder.encode(request);
    transport.write(pdu, 0, pdu.length);
    return switch (pdus.next(limit, "the answer to the association request")) {
      case AssociateAccept accepted -> requireUsable(accepted);
      case Pdu.AssociateReject reject -> throw new AssociationRejectedException(reject);
      case Pdu.Abort(AbortReason reason) -> throw new AssociationAbortedException(reason);
      case AssociateRequest _, Pdu.DataTransfer _, Pdu.ReleaseRequest _, Pdu.ReleaseResponse _ ->
          throw new ProtocolViolationException(
              AbortReason.UNEXPECTED_PDU, "no answer to the association request");
    };
  }

  private static AssociateAccept requireUsable(AssociateAccept accepted)
      throws ProtocolViolationException {
    long peerMax = accepted.user().maxPdu();
    if (peerMax != 0 && peerMax < MessageWriter.MIN_PEER_PDU) {
      throw new ProtocolViolationException(
          AbortReason.INVALID_PARAMETER_VALUE, "the server takes PDUs of " + peerMax + " bytes");
    }
    return accepted;
  }
}
