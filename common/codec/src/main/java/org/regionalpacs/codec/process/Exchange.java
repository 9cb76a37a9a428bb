package org.regionalpacs.codec.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.FailedFrameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of one child: takes one without work or starts one, has it do the work, gives it back. Runs
 * in a thread of its own, as nothing but the child's end interrupts the reading of its answer.
 */
final class Exchange<T> implements Callable<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final Duration START = Duration.ofSeconds(30);

  private final Children children;
  private final ScheduledExecutorService timer;
  private final Consumer<List<Availability>> libraries;
  private final Work<T> work;
  private final Duration most;
  private Optional<Child> child = Optional.empty();
  private Optional<String> stopped = Optional.empty();
  private volatile boolean starting;
  private volatile boolean unwanted;

  /**
   * @param timer ends what takes too long
   * @param libraries is told what a process that has started can do
   * @param most time for the work
   */
  Exchange(
      Children children,
      ScheduledExecutorService timer,
      Consumer<List<Availability>> libraries,
      Work<T> work,
      Duration most) {
    this.children = children;
    this.timer = timer;
    this.libraries = libraries;
    this.work = work;
    this.most = most;
  }

  /** What a child does. */
  @FunctionalInterface
  interface Work<T> {
    T of(Child child) throws IOException;
  }

  /**
   * Does it.
   *
   * @throws FailedFrameException when the child doesn't survive it
   * @throws CodecUnavailableException when there is no child
   */
  @Override
  public T call() throws CodecException {
    Optional<Child> idle = children.takeIdle();
    Child own = idle.isPresent() ? idle.get() : start();
    hold(own);
    if (unwanted) {
      giveBack(own);
      throw new CodecUnavailableException("the frame isn't wanted any more");
    }
    Future<?> limit = stopAfter(most, "took longer than " + shown(most) + " and was killed");
    try {
      T result = work.of(own);
      giveBack(own);
      return result;
    } catch (CodecException e) {
      giveBack(own);
      throw e;
    } catch (IOException e) {
      FailedFrameException failure = own.failure(e);
      children.lost(unwanted ? CodecMetrics.Cause.UNWANTED : CodecMetrics.Cause.FRAME);
      if (!unwanted) {
        LOG.warn("{} (process {})", failure.getMessage(), own.pid());
      }
      throw failure;
    } finally {
      limit.cancel(false);
      drop();
    }
  }

  private Child start() throws CodecUnavailableException {
    starting = true;
    Child started = children.start();
    hold(started);
    Future<?> limit = stopAfter(START, "didn't start within " + shown(START));
    try {
      List<Availability> greeting = started.greeting();
      children.greeted();
      libraries.accept(greeting);
      return started;
    } catch (IOException e) {
      String reason = started.ending(e);
      drop();
      LOG.warn("A codec process {}", reason);
      children.failed(reason);
      throw new CodecUnavailableException("a codec process " + reason, e);
    } finally {
      limit.cancel(false);
      starting = false;
    }
  }

  private Future<?> stopAfter(Duration time, String reason) {
    return timer.schedule(() -> stop(reason), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void hold(Child own) {
    child = Optional.of(own);
    stopped.ifPresent(own::kill);
  }

  private synchronized void giveBack(Child own) {
    child = Optional.empty();
    children.giveBack(own);
  }

  /** What hasn't been given back is of no use any more. */
  private synchronized void drop() {
    child.ifPresent(own -> children.end(own, "was given up"));
    child = Optional.empty();
  }

  /**
   * Nobody wants the work any more: it may end soon, then the child is killed. One that is being
   * started isn't: the next frame gets it.
   */
  void giveUp(Duration soon) {
    unwanted = true;
    timer.schedule(this::stopWork, soon.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stopWork() {
    if (!starting) {
      stop("wasn't wanted any more");
    }
  }

  /** Kills the child, unless the work has been done. */
  private synchronized void stop(String reason) {
    stopped = Optional.of(reason);
    child.ifPresent(own -> own.kill(reason));
  }

  private static String shown(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
