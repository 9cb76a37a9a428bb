package org.regionalpacs.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One that compares the product with other programs that do the same. */
abstract class CompareCommand implements Callable<Integer> {
  @Mixin CompareOptions options;

  private final List<Peer> able;

  /**
   * @param able peers that can do the work
   */
  CompareCommand(Peer... able) {
    this.able = List.of(able);
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    prepare();
    try (Contest contest = Contest.start(options, able)) {
      compare(contest);
    }
    return 0;
  }

  /**
   * Gets ready before anybody is started.
   *
   * @throws IOException when something that it needs isn't there, saying what to install
   */
  void prepare() throws IOException {}

  /** Does the work with all that take part, and writes the report. */
  abstract void compare(Contest contest) throws IOException, InterruptedException;
}
