package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.regionalpacs.dicom.net.AssociationListener;
import org.regionalpacs.dicom.net.DicomServer;
import org.regionalpacs.dicom.net.ServerOptions;
import org.regionalpacs.dicom.net.StoragePolicy;

/**
 * The product's {@link DicomServer} in a process of its own: prints its port, runs until its
 * standard input ends.
 */
final class PacsReceiver {
  /** Begins the line that tells the port; the JVM may say something before. */
  static final String PORT = "listening on port ";

  private PacsReceiver() {}

  /**
   * @param args folder for the files, name of a {@link Keeping.Care}
   */
  public static void main(String[] args) throws IOException {
    Keeping keeping = new Keeping(Path.of(args[0]), Keeping.Care.valueOf(args[1]));
    try (DicomServer server =
        DicomServer.start(
            ServerOptions.onLoopback(),
            new StoragePolicy(Receiver.AE::equals),
            keeping,
            AssociationListener.NONE)) {
      System.out.println(PORT + server.port());
      while (System.in.read() >= 0) {
        // Whoever started this holds the other end, and says nothing.
      }
    }
  }
}
