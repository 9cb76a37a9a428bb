package org.regionalpacs.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process that can't outlive this JVM, not even when the JVM is killed with -9: a shell
 * waits for the end of its standard input, which is a pipe held open by this JVM, and then stops
 * the child. Stopping it on purpose takes the same way, so that the way is well trodden.
 */
final class Guarded {
  /** Arguments: pid file, signal, seconds until SIGKILL, command... */
  private static final String GUARD =
      """
      pidfile=$1 signal=$2 grace=$3; shift 3
      exec 3<&0
      "$@" </dev/null 3<&- & child=$!
      echo $child >"$pidfile"
      (
        while read -r _ <&3; do :; done
        kill -"$signal" $child
        while [ $grace -gt 0 ] && kill -0 $child; do sleep 1; grace=$((grace - 1)); done
        kill -KILL $child
      ) 2>/dev/null & watcher=$!
      exec 3<&-
      trap 'kill -"$signal" $child 2>/dev/null' TERM
      while wait $child; code=$?; kill -0 $child 2>/dev/null; do :; done
      rm -f "$pidfile"
      kill $watcher 2>/dev/null
      exit $code
      """;

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /**
   * What to run.
   *
   * @param command program and arguments
   * @param log its standard output and error
   * @param pidFile where the child's process id stands while it runs
   * @param signal asks it to stop cleanly, such as {@code TERM}
   * @param grace how long it may take to stop
   */
  record Command(List<String> command, LogFile log, Path pidFile, String signal, Duration grace) {}

  private final Command what;
  private final Process guard;

  private Guarded(Command what, Process guard) {
    this.what = what;
    this.guard = guard;
  }

  static Guarded start(Command what) throws IOException {
    what.log().roll();
    Files.deleteIfExists(what.pidFile());
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // A Ctrl-C in the terminal must reach the launcher only: it decides the order of the stop.
      line.add(SETSID.toString());
    }
    line.addAll(List.of("/bin/sh", "-c", GUARD, "guard", what.pidFile().toString(), what.signal()));
    line.add(Long.toString(what.grace().toSeconds()));
    line.addAll(what.command());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(what.log().path().toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return new Guarded(what, builder.start());
  }

  boolean alive() {
    return guard.isAlive();
  }

  CompletableFuture<Integer> exited() {
    return guard.onExit().thenApply(Process::exitValue);
  }

  /** The child's own process id, once the guard has told. */
  OptionalLong pid() {
    return pidIn(what.pidFile());
  }

  /** Waits for the end, which nobody asked for; kills it when the limit has passed. */
  int await(Duration limit) throws EmbeddedServerException {
    try {
      if (guard.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return guard.exitValue();
      }
      stop();
      throw new EmbeddedServerException("not finished after " + limit + what.log().tail());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
      throw new EmbeddedServerException("interrupted", e);
    }
  }

  /** Stops the child: cleanly within the grace period, else by force. */
  void stop() {
    boolean interrupted = false;
    try {
      guard.getOutputStream().close();
      guard.waitFor(what.grace().toSeconds() + 3, TimeUnit.SECONDS);
    } catch (IOException e) {
      // The guard has ended already.
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (guard.isAlive()) {
      pid().ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      guard.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until the child that a dead launcher left behind has gone: its guard is stopping it.
   *
   * @param mark a part of its command line, lest a stranger with the same process id be meant
   */
  static void awaitLeftOver(Path pidFile, String mark, Duration limit) {
    OptionalLong pid = pidIn(pidFile);
    if (pid.isEmpty()) {
      return;
    }
    ProcessHandle.of(pid.getAsLong())
        .filter(process -> process.info().commandLine().orElse("").contains(mark))
        .ifPresent(process -> {
          try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (java.util.concurrent.ExecutionException
              | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
          }
        });
  }

  static OptionalLong pidIn(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
