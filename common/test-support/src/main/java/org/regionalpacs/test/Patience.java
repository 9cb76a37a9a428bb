package org.regionalpacs.test;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets Awaitility wait for a minute where a test doesn't say how long: on a busy machine its own 10
 * seconds end sooner than a JVM starts or a consumer group balances. JUnit finds it by itself.
 */
public final class Patience implements LauncherSessionListener {
  static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LIMIT);
    // A service that says "not yet" once is asked again, also where a condition isn't an assertion.
    Awaitility.ignoreExceptionsByDefaultMatching(
        failure -> failure instanceof IOException || failure instanceof AssertionError);
  }
}
