package org.regionalpacs.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody. */
final class Unprivileged {
  private Unprivileged() {}

  /**
   * The command as it can be run by this user.
   *
   * @throws EmbeddedServerException this is root, and user namespaces aren't available
   */
  static List<String> command(List<String> command) throws EmbeddedServerException {
    if (!root()) {
      return command;
    }
    if (!namespaces()) {
      throw new EmbeddedServerException(
          "PostgreSQL doesn't run as root, and `unshare -U` (util-linux, with user namespaces"
              + " allowed) isn't available to run it as nobody: start as an ordinary user");
    }
    List<String> line = new ArrayList<>(List.of("unshare", "-U"));
    line.addAll(command);
    return line;
  }

  private static boolean root() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static boolean namespaces() {
    try {
      Process probe =
          new ProcessBuilder("unshare", "-U", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
