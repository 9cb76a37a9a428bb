package org.regionalpacs.dicom.net;

/** The protocol data units of PS3.8 9.3. */
sealed interface Pdu permits AssociateRequest, AssociateAccept, Pdu.Fixed, Pdu.DataTransfer {
  int ASSOCIATE_RQ = 1;
  int ASSOCIATE_AC = 2;
  int ASSOCIATE_RJ = 3;
  int DATA_TF = 4;
  int RELEASE_RQ = 5;
  int RELEASE_RP = 6;
  int ABORT = 7;

  /** Type and length of a PDU, the part that comes before everything else. */
  int HEADER_LENGTH = 6;

  /** A PDU whose body is four bytes. */
  sealed interface Fixed extends Pdu
      permits AssociateReject, ReleaseRequest, ReleaseResponse, Abort {
    int BODY_LENGTH = 4;
  }

  /** A-ASSOCIATE-RJ (9.3.4). */
  record AssociateReject(int result, int source, int reason) implements Fixed {
    static AssociateReject of(RejectReason reason) {
      return new AssociateReject(reason.result(), reason.source(), reason.reason());
    }
  }

  /**
   * The head of a P-DATA-TF (9.3.5); its body is read value by value.
   *
   * @param length bytes of the body
   */
  record DataTransfer(int length) implements Pdu {}

  /** A-RELEASE-RQ (9.3.6). */
  record ReleaseRequest() implements Fixed {}

  /** A-RELEASE-RP (9.3.7). */
  record ReleaseResponse() implements Fixed {}

  /** A-ABORT (9.3.8). */
  record Abort(AbortReason reason) implements Fixed {}
}
