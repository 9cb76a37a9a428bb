package org.regionalpacs.standalone;

import java.util.List;
import org.regionalpacs.embedded.EmbeddedServer;

/** The four services, however they run. */
sealed interface Services extends AutoCloseable permits ServicesInThisJvm, ServicesApart {

  /**
   * Starts them; when this returns all of them have opened their ports.
   *
   * @throws Complaint when one can't be started
   */
  void start() throws InterruptedException;

  /** Those that are processes of their own, and so may end by themselves. */
  List<EmbeddedServer> processes();

  /** Stops those that were started. */
  @Override
  void close();
}
