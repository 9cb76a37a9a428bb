package org.regionalpacs.dicom.net;

import java.util.List;
import java.util.Map;

/** The presentation contexts a requestor proposed, and what the acceptor said to each. */
final class AgreedContexts {
  private final List<PresentationContext> proposed;
  private final List<ContextAnswer> answers;
  private final Map<Integer, AcceptedContext> byId;

  AgreedContexts(List<PresentationContext> proposed, List<ContextAnswer> answers) {
    this.proposed = proposed;
    this.answers = answers;
    this.byId = Negotiation.agreed(proposed, answers);
  }

  /** The accepted ones. */
  Map<Integer, AcceptedContext> byId() {
    return byId;
  }

  /**
   * The accepted context for this.
   *
   * @throws ContextNotAcceptedException when there is none
   */
  AcceptedContext context(String abstractSyntax, String transferSyntax)
      throws ContextNotAcceptedException {
    return byId.values().stream()
        .filter(context -> context.abstractSyntax().equals(abstractSyntax))
        .filter(context -> context.transferSyntax().equals(transferSyntax))
        .findFirst()
        .orElseThrow(() ->
            new ContextNotAcceptedException(
                abstractSyntax, transferSyntax, refusal(abstractSyntax, transferSyntax)));
  }

  /** Any accepted context of an abstract syntax, for messages without a data set. */
  AcceptedContext context(String abstractSyntax) throws ContextNotAcceptedException {
    return byId.values().stream()
        .filter(context -> context.abstractSyntax().equals(abstractSyntax))
        .findFirst()
        .orElseThrow(() ->
            new ContextNotAcceptedException(abstractSyntax, "any", refusal(abstractSyntax, "")));
  }

  private String refusal(String abstractSyntax, String transferSyntax) {
    return proposed.stream()
        .filter(context -> context.abstractSyntax().equals(abstractSyntax))
        .filter(context ->
            transferSyntax.isEmpty() || context.transferSyntaxes().contains(transferSyntax))
        .findFirst()
        .flatMap(context -> answers.stream().filter(a -> a.id() == context.id()).findFirst())
        .map(answer -> answer.result().meaning())
        .orElse("not proposed");
  }
}
