package org.regionalpacs.dicom.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;
import org.regionalpacs.dicom.net.UserInformation.RoleSelection;

/** The acceptor's side of association negotiation (PS3.8 7.1, PS3.7 D.3). */
final class Negotiation {
  private static final int VERSION_1 = 1;

  private final AssociationPolicy policy;
  private final int maxPdu;

  Negotiation(AssociationPolicy policy, int maxPdu) {
    this.policy = policy;
    this.maxPdu = maxPdu;
  }

  /** Whether the request as a whole is refused, and why. */
  Optional<RejectReason> refusal(AssociateRequest request, InetAddress peer) {
    if ((request.protocolVersion() & VERSION_1) == 0) {
      return Optional.of(RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!request.applicationContext().equals(AssociateRequest.DICOM_APPLICATION_CONTEXT)) {
      return Optional.of(RejectReason.APPLICATION_CONTEXT_NOT_SUPPORTED);
    }
    long peerMax = request.user().maxPdu();
    if (request.contexts().isEmpty() || peerMax != 0 && peerMax < MessageWriter.MIN_PEER_PDU) {
      return Optional.of(RejectReason.UNACCEPTABLE_REQUEST);
    }
    if (!AeTitle.isValid(request.calledAe())) {
      return Optional.of(RejectReason.CALLED_AE_NOT_RECOGNIZED);
    }
    if (!AeTitle.isValid(request.callingAe())) {
      return Optional.of(RejectReason.CALLING_AE_NOT_RECOGNIZED);
    }
    return policy.refusal(request, peer);
  }

  /** The acceptance of a request that isn't refused. */
  AssociateAccept accept(AssociateRequest request) {
    List<ContextAnswer> answers = new ArrayList<>();
    Set<String> accepted = new HashSet<>();
    for (PresentationContext context : request.contexts()) {
      ContextAnswer answer = policy.answer(context);
      answers.add(answer);
      if (answer.result() == ContextAnswer.Result.ACCEPTANCE) {
        accepted.add(context.abstractSyntax());
      }
    }
    // Operations are performed one after the other here, whatever window is asked for; requestors
    // remain SCUs: this side never asks anything of them.
    UserInformation user =
        UserInformation.ours(maxPdu)
            .answering(
                request.user().asyncOperations().map(_ -> AsyncOperations.SYNCHRONOUS),
                request.user().roles().stream()
                    .filter(role -> accepted.contains(role.sopClass()))
                    .map(role -> new RoleSelection(role.sopClass(), role.scu(), false))
                    .toList());
    return new AssociateAccept(request.calledAe(), request.callingAe(), answers, user);
  }

  /** The contexts that both sides agreed on, by id. */
  static Map<Integer, AcceptedContext> agreed(
      List<PresentationContext> proposed, List<ContextAnswer> answers) {
    Map<Integer, AcceptedContext> agreed = new HashMap<>();
    for (ContextAnswer answer : answers) {
      if (answer.result() == ContextAnswer.Result.ACCEPTANCE) {
        proposed.stream()
            .filter(context -> context.id() == answer.id())
            .findFirst()
            .ifPresent(context -> agreed.put(answer.id(), agreed(context, answer)));
      }
    }
    return Map.copyOf(agreed);
  }

  private static AcceptedContext agreed(PresentationContext context, ContextAnswer answer) {
    return new AcceptedContext(context.id(), context.abstractSyntax(), answer.transferSyntax());
  }
}
