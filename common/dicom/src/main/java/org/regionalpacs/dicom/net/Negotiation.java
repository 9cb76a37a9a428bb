package org.regionalpacs.dicom.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.dicom.net.UserInformation.RoleSelection;

/** The acceptor's side of association negotiation (PS3.8 7.1, PS3.7 D.3). */
final class Negotiation {
  private static final int VERSION_1 = 1;

  private final AssociationPolicy policy;
  private final int maxPdu;
  private final int maxOperations;

  /**
   * @param maxPdu the longest P-DATA-TF body announced, in bytes
   * @param maxOperations the asynchronous operations window granted at most
   */
  Negotiation(AssociationPolicy policy, int maxPdu, int maxOperations) {
    this.policy = policy;
    this.maxPdu = maxPdu;
    this.maxOperations = maxOperations;
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

  /** What is made of the user that a request gives. */
  IdentityAnswer identify(AssociateRequest request) {
    return policy.identify(request);
  }

  /** The acceptance of a request that isn't refused. */
  AssociateAccept accept(AssociateRequest request, IdentityAnswer identity) {
    List<ContextAnswer> answers = request.contexts().stream().map(c -> answer(c, request)).toList();
    Set<String> accepted = new HashSet<>();
    agreed(request.contexts(), answers)
        .values()
        .forEach(context -> accepted.add(context.abstractSyntax()));
    UserInformation asked = request.user();
    UserInformation user =
        UserInformation.ours(maxPdu)
            .answering(
                asked.asyncOperations().map(window -> window.atMost(maxOperations)),
                roles(asked, accepted),
                extended(asked, accepted),
                confirmation(asked, identity));
    return new AssociateAccept(request.calledAe(), request.callingAe(), answers, user);
  }

  private ContextAnswer answer(PresentationContext context, AssociateRequest request) {
    return request.user().common().stream()
        .filter(told -> told.sopClass().equals(context.abstractSyntax()))
        .findFirst()
        .map(told -> policy.answer(context, told))
        .orElseGet(() -> policy.answer(context));
  }

  /** A role that wasn't asked for can't be granted (PS3.7 D.3.3.4). */
  private List<RoleSelection> roles(UserInformation asked, Set<String> accepted) {
    return asked.roles().stream()
        .filter(role -> accepted.contains(role.sopClass()))
        .map(role ->
            new RoleSelection(
                role.sopClass(),
                role.scu(),
                role.scp() && policy.requestorMayBeScp(role.sopClass())))
        .toList();
  }

  private List<ExtendedNegotiation> extended(UserInformation asked, Set<String> accepted) {
    List<ExtendedNegotiation> answered = new ArrayList<>();
    for (ExtendedNegotiation one : asked.extended()) {
      if (accepted.contains(one.sopClass())) {
        policy
            .answer(one)
            .ifPresent(answer -> answered.add(new ExtendedNegotiation(one.sopClass(), answer)));
      }
    }
    return answered;
  }

  /** Only those who ask for a response get one (PS3.7 D.3.3.7.2). */
  private static Optional<IdentityAnswer.Accepted> confirmation(
      UserInformation asked, IdentityAnswer identity) {
    return identity instanceof IdentityAnswer.Accepted accepted
            && asked.identity().map(UserIdentity::responseRequested).orElse(false)
        ? Optional.of(accepted)
        : Optional.empty();
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
