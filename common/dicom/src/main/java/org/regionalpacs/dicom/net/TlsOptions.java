package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How connections are secured, as a server or as a client: by default with the protocols and cipher
 * suites of the BCP 195 RFC 8996, 9325 profile (PS3.15 B.12), that is TLS 1.2 and 1.3 with forward
 * secrecy and authenticated encryption only.
 *
 * @param context the keys, and whom to trust
 * @param clientAuth whether a server asks clients for a certificate
 * @param checkHost whether a client wants the server's certificate to name the host it called
 * @param protocols the protocols allowed, by their JSSE names
 * @param cipherSuites the cipher suites allowed, by their JSSE names, preferred ones first
 */
public record TlsOptions(
    SSLContext context,
    ClientAuth clientAuth,
    boolean checkHost,
    List<String> protocols,
    List<String> cipherSuites) {

  /** Whether clients show a certificate. */
  public enum ClientAuth {
    /** They aren't asked. */
    NONE,
    /** They are asked, and served without one too; one that isn't trusted is refused. */
    WANTED,
    /** Those without a trusted one are refused. */
    REQUIRED
  }

  /** TLS 1.3 and 1.2; older ones must not be used (RFC 8996). */
  public static final List<String> BCP_195_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** Those of TLS 1.3, and the four of TLS 1.2 that RFC 9325 4.2 recommends. */
  public static final List<String> BCP_195_CIPHER_SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  public TlsOptions {
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
  }

  /** The BCP 195 profile; servers ask for no certificate, clients check the host's name. */
  public static TlsOptions of(SSLContext context) {
    return new TlsOptions(context, ClientAuth.NONE, true, BCP_195_PROTOCOLS, BCP_195_CIPHER_SUITES);
  }

  public TlsOptions withClientAuth(ClientAuth newClientAuth) {
    return new TlsOptions(context, newClientAuth, checkHost, protocols, cipherSuites);
  }

  /** For servers whose certificates don't name their host, as is common among modalities. */
  public TlsOptions withoutHostCheck() {
    return new TlsOptions(context, clientAuth, false, protocols, cipherSuites);
  }

  public TlsOptions withProtocols(List<String> newProtocols) {
    return new TlsOptions(context, clientAuth, checkHost, newProtocols, cipherSuites);
  }

  public TlsOptions withCipherSuites(List<String> newCipherSuites) {
    return new TlsOptions(context, clientAuth, checkHost, protocols, newCipherSuites);
  }

  /** TLS over a connection that was accepted. The handshake is still to be made. */
  SSLSocket serverSide(Socket connection) throws IOException {
    SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(connection, null, true);
    SSLParameters parameters = parameters(secured);
    parameters.setUseCipherSuitesOrder(true);
    switch (clientAuth) {
      case NONE -> parameters.setNeedClientAuth(false);
      case WANTED -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    secured.setSSLParameters(parameters);
    return secured;
  }

  /** TLS over a connection that was opened. The handshake is still to be made. */
  SSLSocket clientSide(Socket connection, String host) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(connection, host, connection.getPort(), true);
    SSLParameters parameters = parameters(secured);
    if (checkHost) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    secured.setSSLParameters(parameters);
    return secured;
  }

  private SSLParameters parameters(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(protocols.toArray(String[]::new));
    parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
    return parameters;
  }
}
