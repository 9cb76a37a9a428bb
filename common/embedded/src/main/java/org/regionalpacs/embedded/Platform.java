package org.regionalpacs.embedded;

import java.util.Locale;

/** Operating system and processor of this machine. */
record Platform(boolean mac, boolean arm) {

  static Platform here() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    if (!os.contains("linux") && !os.contains("mac")) {
      throw new UnsupportedOperationException(
          "No embedded servers for " + os + ": Linux and macOS only (on Windows use WSL)");
    }
    return new Platform(os.contains("mac"), arch.equals("aarch64"));
  }

  String postgresArchive() {
    return "postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
  }

  String redisBinary() {
    if (mac) {
      return arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
    }
    return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
  }
}
