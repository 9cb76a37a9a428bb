package org.regionalpacs.dicom.net;

import java.util.List;

/**
 * What a client wants to send: an abstract syntax in one of some transfer syntaxes. To be able to
 * send each of several encodings, propose each by itself: the acceptor picks one of a list.
 *
 * @param abstractSyntax UID, for storage the SOP class
 * @param transferSyntaxes UIDs, the preferred one first
 */
public record ProposedContext(String abstractSyntax, List<String> transferSyntaxes) {
  public ProposedContext {
    transferSyntaxes = List.copyOf(transferSyntaxes);
  }

  public static ProposedContext of(String abstractSyntax, String transferSyntax) {
    return new ProposedContext(abstractSyntax, List.of(transferSyntax));
  }
}
