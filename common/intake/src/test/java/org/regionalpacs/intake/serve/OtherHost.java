package org.regionalpacs.intake.serve;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.peer.PeerPaths;
import org.regionalpacs.storage.peer.PeerSignature;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node whose files are served, with a web server of its own. */
final class OtherHost implements AutoCloseable {
  static final String SECRET = "0123456789abcdef0123456789abcdef";

  final OnlineStore online;
  final LocalBlobStore derived;
  private final Tomcat server = new Tomcat();
  private final AddressAnnouncer announcer;

  private OtherHost(Path folder, JdbcClient database, Optional<SSLHostConfig> tls)
      throws LifecycleException {
    online = OnlineStore.open(folder.resolve("online"));
    derived = LocalBlobStore.open(StorageConfiguration.DERIVED, folder.resolve("derived"));
    server.setBaseDir(folder.resolve("tomcat").toString());
    server.setHostname("127.0.0.1");
    server.setPort(0);
    server.getConnector().setProperty("address", "127.0.0.1");
    tls.ifPresent(certificate -> {
      server.getConnector().setProperty("SSLEnabled", "true");
      server.getConnector().setScheme("https");
      server.getConnector().setSecure(true);
      server.getConnector().addSslHostConfig(certificate);
    });
    Context context = server.addContext("", folder.toString());
    Tomcat.addServlet(
        context,
        "files",
        new NodeFilesServlet(
            new NodeFiles(online, derived), new PeerSignature(SECRET), new SimpleMeterRegistry()));
    context.addServletMappingDecoded(PeerPaths.ROOT + "/*", "files");
    server.start();
    announcer = new AddressAnnouncer(database, online.node(), url(), Duration.ofMillis(50));
  }

  static OtherHost start(Path folder, JdbcClient database) throws Exception {
    return started(new OtherHost(folder, database, Optional.empty()));
  }

  /**
   * The same by TLS.
   *
   * @param keys a PKCS #12 file with key and certificate
   */
  static OtherHost startTls(Path folder, JdbcClient database, Path keys, String password)
      throws Exception {
    SSLHostConfig tls = new SSLHostConfig();
    SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(tls, Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(keys.toString());
    certificate.setCertificateKeystoreType("PKCS12");
    certificate.setCertificateKeystorePassword(password);
    tls.addCertificate(certificate);
    return started(new OtherHost(folder, database, Optional.of(tls)));
  }

  private static OtherHost started(OtherHost host) {
    host.announcer.start();
    return host;
  }

  int port() {
    return server.getConnector().getLocalPort();
  }

  String url() {
    return server.getConnector().getScheme() + "://127.0.0.1:" + port();
  }

  AddressAnnouncer announcer() {
    return announcer;
  }

  /** Puts a file into its online store. */
  Path write(String path, byte[] content) throws IOException {
    Path file = online.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Override
  public void close() throws Exception {
    announcer.stop();
    server.stop();
    server.destroy();
  }
}
