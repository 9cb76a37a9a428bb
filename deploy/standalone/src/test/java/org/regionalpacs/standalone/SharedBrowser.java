package org.regionalpacs.standalone;

import java.io.IOException;
import java.util.Optional;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * A browser for all test classes of this JVM: it starts when the first asks, ends with the last.
 */
public final class SharedBrowser implements LauncherSessionListener {
  private static Optional<Browser> running = Optional.empty();

  /** Skips the test without Node.js or npm. */
  static synchronized Browser get() throws IOException {
    // One that crashed has told so to the class that used it.
    if (!running.map(Browser::alive).orElse(false)) {
      running = Optional.of(NodeClient.install().startBrowser());
    }
    return running.get();
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    synchronized (SharedBrowser.class) {
      running.ifPresent(SharedBrowser::end);
      running = Optional.empty();
    }
  }

  private static void end(Browser browser) {
    try {
      browser.close();
    } catch (Exception e) {
      throw new IllegalStateException("the browser didn't end well", e);
    }
  }
}
