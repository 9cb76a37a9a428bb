package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed certificates, made by the JDK's keytool as the test runs. */
final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /**
   * A name with its key and certificate.
   *
   * @param key PEM file of the private key
   * @param certificate PEM file of the certificate
   */
  record Identity(KeyStore store, Path key, Path certificate) {}

  private TestCertificates() {}

  /** A certificate that names 127.0.0.1. */
  static Identity make(Path folder, String name) {
    return make(folder, name, "san=ip:127.0.0.1");
  }

  static Identity make(Path folder, String name, String extension) {
    try {
      Path file = folder.resolve(name + ".p12");
      keytool(
          "-genkeypair",
          "-alias",
          name,
          "-keyalg",
          "RSA",
          "-keysize",
          "2048",
          "-dname",
          "CN=" + name,
          "-ext",
          extension,
          "-validity",
          "2",
          "-storetype",
          "PKCS12",
          "-keystore",
          file.toString(),
          "-storepass",
          new String(PASSWORD));
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      Key key = store.getKey(name, PASSWORD);
      return new Identity(
          store,
          pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded()),
          pem(
              folder.resolve(name + ".pem"),
              "CERTIFICATE",
              store.getCertificate(name).getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Path pem(Path file, String type, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type));
  }

  /** Shows the one, trusts the other. */
  static SSLContext context(Identity own, Identity trusted) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own.store(), PASSWORD);
      return context(keys, trusted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows nothing, trusts this one. */
  static SSLContext trusting(Identity trusted) {
    try {
      KeyManagerFactory none =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      KeyStore empty = KeyStore.getInstance("PKCS12");
      empty.load(null, PASSWORD);
      none.init(empty, PASSWORD);
      return context(none, trusted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SSLContext context(KeyManagerFactory keys, Identity trusted)
      throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      String name = trusted.store().aliases().nextElement();
      store.setCertificateEntry(name, trusted.store().getCertificate(name));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
