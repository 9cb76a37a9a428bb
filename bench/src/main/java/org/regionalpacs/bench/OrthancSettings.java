package org.regionalpacs.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orthanc's configuration: as durable as the product, and otherwise what makes it fast. */
final class OrthancSettings {
  /** What differs from its defaults, for results. */
  static final String TOLD =
      "PDUs of 128 KB, 32 HTTP threads, keep-alive, TCP_NODELAY, `StorageAccessOnFind` Never";

  private static final int LONGEST_PDU = 131_072;
  private static final int HTTP_THREADS = 32;
  private static final int INDEX_CONNECTIONS = 4;

  private final List<String> plugins = new ArrayList<>();
  private final Map<String, Object> all = new HashMap<>();

  OrthancSettings(Path folder, int dicom, int http) {
    Path storage = folder.resolve("storage");
    plugins.add(Peer.orthancPlugin("libOrthancDicomWeb.so").orElseThrow().toString());
    all.put("StorageDirectory", storage.toString());
    all.put("IndexDirectory", storage.toString());
    all.put("DicomPort", dicom);
    all.put("HttpPort", http);
    all.put("DicomAet", "ORTHANC");
    all.put("DicomAlwaysAllowStore", true);
    all.put("RemoteAccessAllowed", false);
    all.put("AuthenticationEnabled", false);
    all.put("SyncStorageArea", true);
    all.put("StorageAccessOnFind", "Never");
    all.put("HttpThreadsCount", HTTP_THREADS);
    all.put("KeepAlive", true);
    all.put("TcpNoDelay", true);
    all.put("MaximumPduLength", LONGEST_PDU);
    all.put("Plugins", plugins);
    all.put("DicomWeb", Map.of("Enable", true, "Root", Archive.ROOT + "/"));
  }

  /** Keeps the index in PostgreSQL on the loopback. */
  void index(Path plugin, int port, String database, String password) {
    plugins.add(plugin.toString());
    Map<String, Object> postgres = new HashMap<>();
    postgres.put("EnableIndex", true);
    postgres.put("EnableStorage", false);
    postgres.put("Host", "127.0.0.1");
    postgres.put("Port", port);
    postgres.put("Database", database);
    postgres.put("Username", "pacs");
    postgres.put("Password", password);
    postgres.put("EnableSsl", false);
    postgres.put("IndexConnectionsCount", INDEX_CONNECTIONS);
    all.put("PostgreSQL", postgres);
  }

  Map<String, Object> all() {
    return all;
  }
}
