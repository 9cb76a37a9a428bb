package org.regionalpacs.dicom.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a client wants to send: an abstract syntax in one of some transfer syntaxes. To be able to
 * send each of several encodings, propose each by itself: the acceptor picks one of a list.
 *
 * @param abstractSyntax UID, for storage the SOP class
 * @param transferSyntaxes UIDs, the preferred one first
 */
public record ProposedContext(String abstractSyntax, List<String> transferSyntaxes) {
  private static final int MAX_CONTEXTS = 128;

  public ProposedContext {
    transferSyntaxes = List.copyOf(transferSyntaxes);
  }

  /** With the ids they go under: 1, 3, 5 and so on. */
  static List<PresentationContext> numbered(Collection<ProposedContext> contexts) {
    if (contexts.isEmpty() || contexts.size() > MAX_CONTEXTS) {
      throw new IllegalArgumentException(
          contexts.size() + " presentation contexts; 1 to " + MAX_CONTEXTS + " can be proposed");
    }
    List<PresentationContext> numbered = new ArrayList<>();
    for (ProposedContext context : contexts) {
      numbered.add(
          new PresentationContext(
              2 * numbered.size() + 1, context.abstractSyntax(), context.transferSyntaxes()));
    }
    return numbered;
  }

  public static ProposedContext of(String abstractSyntax, String transferSyntax) {
    return new ProposedContext(abstractSyntax, List.of(transferSyntax));
  }
}
