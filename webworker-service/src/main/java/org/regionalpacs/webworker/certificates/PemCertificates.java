package org.regionalpacs.webworker.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the certificates of a PEM file, whatever else is in it (RFC 7468). */
final class PemCertificates {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", Pattern.DOTALL);

  private PemCertificates() {}

  /**
   * At least one, in the order of the file.
   *
   * @throws IOException when it can't be read
   * @throws CertificateException when there is none in it, or one that is malformed
   */
  static List<X509Certificate> read(Path file) throws IOException, CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    List<X509Certificate> found = new ArrayList<>();
    while (block.find()) {
      byte[] bytes = block.group().getBytes(StandardCharsets.ISO_8859_1);
      found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
    }
    if (found.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return found;
  }
}
