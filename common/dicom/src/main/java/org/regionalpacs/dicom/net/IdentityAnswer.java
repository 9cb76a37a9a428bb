package org.regionalpacs.dicom.net;

/** What a policy makes of a {@link UserIdentity}. */
public sealed interface IdentityAnswer {
  /**
   * The user is who it says. It is told so if it asked.
   *
   * @param serverResponse empty for user names; a Kerberos ticket, SAML response or web token else
   *     (PS3.7 D.3.3.7.2)
   */
  record Accepted(byte[] serverResponse) implements IdentityAnswer {
    public Accepted {
      serverResponse = serverResponse.clone();
    }

    @Override
    public byte[] serverResponse() {
      return serverResponse.clone();
    }
  }

  /**
   * It isn't, or may not: the association is refused.
   *
   * @param reason what it is told
   */
  record Refused(RejectReason reason) implements IdentityAnswer {}

  /** Users are none of this server's business: the identity is ignored, and never confirmed. */
  record NotSupported() implements IdentityAnswer {}

  /** Of a user by name. */
  static IdentityAnswer accepted() {
    return new Accepted(new byte[0]);
  }
}
