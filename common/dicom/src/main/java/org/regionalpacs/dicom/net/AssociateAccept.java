package org.regionalpacs.dicom.net;

import java.util.List;

/**
 * A-ASSOCIATE-AC (PS3.8 9.3.3).
 *
 * @param calledAe as in the request
 * @param callingAe as in the request
 * @param answers one for each proposed context
 * @param user the acceptor's user information
 */
record AssociateAccept(
    String calledAe, String callingAe, List<ContextAnswer> answers, UserInformation user)
    implements Pdu {
  AssociateAccept {
    answers = List.copyOf(answers);
  }
}
