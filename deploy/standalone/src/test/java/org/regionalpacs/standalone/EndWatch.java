package org.regionalpacs.standalone;

import java.io.IOException;

/**
 * Ends a process when this JVM ends without having ended it, be it by {@code kill -9}: a shell
 * reads from a pipe that this JVM holds open, and then asks the process to stop.
 */
final class EndWatch implements AutoCloseable {
  private static final String SCRIPT = "while read -r _; do :; done; kill -TERM \"$1\" 2>/dev/null";

  private final Process shell;

  private EndWatch(Process shell) {
    this.shell = shell;
  }

  static EndWatch over(ProcessHandle watched) throws IOException {
    return new EndWatch(
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, "watch", Long.toString(watched.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** To be called when the process has ended, lest its number become somebody else's. */
  @Override
  public void close() {
    shell.destroyForcibly().onExit().join();
  }
}
