package org.regionalpacs.dicom.net;

import java.util.Optional;

/**
 * A C-STORE request (PS3.7 9.1.1).
 *
 * @param association who asks
 * @param messageId its message id
 * @param sopClass Affected SOP Class UID as sent, unchecked; empty when absent
 * @param sopInstance Affected SOP Instance UID as sent, unchecked; empty when absent
 * @param abstractSyntax the presentation context's abstract syntax
 * @param transferSyntax the encoding of the data set
 */
public record StoreRequest(
    AssociationInfo association,
    int messageId,
    Optional<String> sopClass,
    Optional<String> sopInstance,
    String abstractSyntax,
    String transferSyntax) {}
