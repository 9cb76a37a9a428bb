package org.regionalpacs.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Programs that the product is compared with. */
enum Peer {
  ORTHANC("Orthanc", "orthanc-dicomweb"),
  NGINX("nginx", "nginx-light"),
  STORESCP("storescp", "dcmtk");

  private static final Path ORTHANC_PLUGINS = Path.of("/usr/share/orthanc/plugins");

  private final String program;
  private final String debianPackage;

  Peer(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /** What results call it. */
  String shown() {
    return program;
  }

  /** What to install for it. */
  String debianPackage() {
    return debianPackage;
  }

  /** Its program, where it and what it needs are installed. */
  Optional<Path> installed() {
    if (this == ORTHANC && orthancPlugin("libOrthancDicomWeb.so").isEmpty()) {
      return Optional.empty();
    }
    return Machine.program(program);
  }

  /** A plugin of Orthanc, where it is installed. */
  static Optional<Path> orthancPlugin(String name) {
    return Optional.of(ORTHANC_PLUGINS.resolve(name)).filter(Files::exists);
  }
}
