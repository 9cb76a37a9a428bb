package org.regionalpacs.dicom.net;

import java.util.List;

/**
 * A presentation context as proposed (PS3.8 9.3.2.2).
 *
 * @param id odd, 1 to 255
 * @param abstractSyntax UID of the abstract syntax, for most services a SOP class
 * @param transferSyntaxes UIDs of the transfer syntaxes, in the order of the proposer
 */
public record PresentationContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
  public PresentationContext {
    transferSyntaxes = List.copyOf(transferSyntaxes);
  }
}
