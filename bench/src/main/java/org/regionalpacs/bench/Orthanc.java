package org.regionalpacs.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.PostgresServer;
import org.regionalpacs.embedded.PostgresSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orthanc with its DICOMweb plugin, writing through to the disk; its index in a durable PostgreSQL
 * of its own, of the product's release and settings, where its plugin for that is installed, else
 * in SQLite.
 */
final class Orthanc implements Archive {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String DATABASE = "orthanc";

  private final ChildProcess process;
  private final Optional<PostgresServer> postgres;
  private final Path folder;
  private final int dicom;
  private final int http;

  private Orthanc(
      ChildProcess process, Optional<PostgresServer> postgres, Path folder, int dicom, int http) {
    this.process = process;
    this.postgres = postgres;
    this.folder = folder;
    this.dicom = dicom;
    this.http = http;
  }

  static Orthanc start(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("orthanc"));
    String program = Peer.ORTHANC.installed().orElseThrow().toString();
    Optional<Path> plugin = Peer.orthancPlugin("libOrthancPostgreSQLIndex.so");
    Optional<PostgresServer> postgres =
        plugin.isPresent() ? Optional.of(postgres(folder)) : Optional.empty();
    int dicom = LoopbackPorts.free();
    int http = LoopbackPorts.free();
    OrthancSettings settings = new OrthancSettings(folder, dicom, http);
    postgres.ifPresent(
        server -> settings.index(plugin.orElseThrow(), server.port(), DATABASE, server.password()));
    Path file = folder.resolve("orthanc.json");
    Files.write(file, new JsonMapper().writeValueAsBytes(settings.all()));
    ChildProcess process =
        ChildProcess.start(
            "Orthanc",
            List.of(program, file.toString()),
            Map.of("TCP_NODELAY", "1"),
            folder.resolve("orthanc.log"));
    Orthanc orthanc = new Orthanc(process, postgres, folder, dicom, http);
    try {
      process.await(orthanc::listens, START);
      return orthanc;
    } catch (IOException e) {
      orthanc.close();
      throw e;
    }
  }

  private static PostgresServer postgres(Path folder) throws IOException {
    PostgresServer server = PostgresServer.start(PostgresSettings.in(folder.resolve("postgresql")));
    try {
      server.createDatabase(DATABASE);
      return server;
    } catch (SQLException e) {
      server.close();
      throw new IOException("Orthanc's database can't be made", e);
    }
  }

  private boolean listens() throws IOException {
    try (SocketChannel web = SocketChannel.open(new InetSocketAddress("127.0.0.1", http));
        SocketChannel store = SocketChannel.open(new InetSocketAddress("127.0.0.1", dicom))) {
      return web.isConnected() && store.isConnected();
    }
  }

  @Override
  public String name() {
    return Peer.ORTHANC.shown();
  }

  @Override
  public List<String> setting() {
    return List.of(
        "Orthanc: `SyncStorageArea` (fsync of each file), %s, %s"
            .formatted(
                postgres.isPresent()
                    ? "index in a durable PostgreSQL of its own, the product's release and settings"
                    : "index in SQLite (orthanc-postgresql isn't installed)",
                OrthancSettings.TOLD));
  }

  @Override
  public CpuMeter cpu() {
    List<Long> roots = new ArrayList<>(List.of(process.pid()));
    EmbeddedServer.pid(folder.resolve("postgresql"), "postgresql").ifPresent(roots::add);
    return new CpuMeter(roots);
  }

  @Override
  public RemoteAe dicom() {
    return new RemoteAe("ORTHANC", "127.0.0.1", dicom);
  }

  @Override
  public int http() {
    return http;
  }

  @Override
  public void close() {
    process.close();
    postgres.ifPresent(PostgresServer::close);
  }
}
