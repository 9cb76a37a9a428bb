package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.regionalpacs.dicom.net.AssociationListener;
import org.regionalpacs.dicom.net.DicomServer;
import org.regionalpacs.dicom.net.ServerOptions;
import org.regionalpacs.dicom.net.StoragePolicy;

/**
 * The product's {@link DicomServer} in a process of its own; it ends with the process that started
 * it at the latest.
 */
final class PacsReceiver {
  private PacsReceiver() {}

  /**
   * @param args port on the loopback, folder for the files, name of a {@link Keeping.Care}
   */
  public static void main(String[] args) throws IOException {
    Keeping keeping = new Keeping(Path.of(args[1]), Keeping.Care.valueOf(args[2]));
    try (DicomServer _ =
        DicomServer.start(
            ServerOptions.onLoopback().withPort(Integer.parseInt(args[0])),
            new StoragePolicy(Receiver.AE::equals),
            keeping,
            AssociationListener.NONE)) {
      ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    }
  }
}
