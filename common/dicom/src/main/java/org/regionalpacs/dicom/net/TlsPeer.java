package org.regionalpacs.dicom.net;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What TLS made of a connection.
 *
 * @param protocol the version, such as {@code TLSv1.3}
 * @param cipherSuite its JSSE name
 * @param certificate the peer's, verified; empty when it showed none
 */
public record TlsPeer(String protocol, String cipherSuite, Optional<X509Certificate> certificate) {
  static TlsPeer of(SSLSession session) {
    return new TlsPeer(session.getProtocol(), session.getCipherSuite(), certificate(session));
  }

  private static Optional<X509Certificate> certificate(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate shown
          ? Optional.of(shown)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return certificate
        .map(shown -> protocol + " " + shown.getSubjectX500Principal().getName())
        .orElse(protocol);
  }
}
