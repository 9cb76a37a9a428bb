package org.regionalpacs.intake.serve;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
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

  private OtherHost(Path folder, JdbcClient database) throws LifecycleException {
    online = OnlineStore.open(folder.resolve("online"));
    derived = LocalBlobStore.open(StorageConfiguration.DERIVED, folder.resolve("derived"));
    server.setBaseDir(folder.resolve("tomcat").toString());
    server.setHostname("127.0.0.1");
    server.setPort(0);
    server.getConnector().setProperty("address", "127.0.0.1");
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
    OtherHost host = new OtherHost(folder, database);
    host.announcer.start();
    return host;
  }

  int port() {
    return server.getConnector().getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
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
