package org.regionalpacs.bench;

import java.io.IOException;
import java.util.List;
import org.regionalpacs.dicom.net.RemoteAe;

/** A C-STORE SCU. */
interface Sender {
  /** What the results call it. */
  String name();

  /**
   * Sends each share over an association of its own, all at once, and returns when all are
   * answered.
   *
   * @throws IOException when one wasn't stored
   */
  void send(RemoteAe remote, List<List<CtFile>> shares) throws IOException, InterruptedException;
}
