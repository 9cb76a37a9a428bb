package org.regionalpacs.codec.process;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.FailedFrameException;
import org.regionalpacs.codec.UnsupportedImageException;

/**
 * What is counted of the processes: {@code pacs.codec.frames}, seconds of a frame with its waiting,
 * by work (decode, encode), transfer syntax and outcome (done, corrupt, unsupported, failed,
 * unavailable, unwanted); {@code pacs.codec.wait}, seconds of that until a process was free; {@code
 * pacs.codec.waiting}, frames that wait; {@code pacs.codec.processes} by state (working, idle);
 * {@code pacs.codec.starts} by outcome (started, failed); and {@code pacs.codec.lost}, processes
 * that a frame ended, by cause (frame, unwanted), each of which is started again when needed.
 */
final class CodecMetrics {
  private final MeterRegistry meters;
  private final Timer wait;

  /** Why a process had to be ended. */
  enum Cause {
    /** The frame crashed it, or took too long or too much memory. */
    FRAME,
    /** Nobody wanted the frame any more. */
    UNWANTED
  }

  CodecMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.wait = meters.timer("pacs.codec.wait");
    for (String outcome : new String[] {"started", "failed"}) {
      meters.counter("pacs.codec.starts", "outcome", outcome);
    }
    for (Cause cause : Cause.values()) {
      meters.counter("pacs.codec.lost", "cause", text(cause));
    }
  }

  void watch(Children children, Turns turns) {
    Gauge.builder("pacs.codec.processes", children, Children::working)
        .tag("state", "working")
        .description("Codec processes that have work")
        .register(meters);
    Gauge.builder("pacs.codec.processes", children, Children::idle)
        .tag("state", "idle")
        .description("Codec processes without work")
        .register(meters);
    Gauge.builder("pacs.codec.waiting", turns, Turns::waiting)
        .description("Frames that wait for a codec process")
        .register(meters);
  }

  /** What is timed. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws CodecException;
  }

  /** Times what is done with a frame, by its outcome. */
  <T> T frame(Task task, Work<T> work) throws CodecException {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "error";
    try {
      T result = work.run();
      outcome = "done";
      return result;
    } catch (CodecException e) {
      outcome = outcome(e);
      throw e;
    } catch (CancellationException e) {
      outcome = "unwanted";
      throw e;
    } finally {
      sample.stop(
          meters.timer(
              "pacs.codec.frames",
              "work",
              task.work(),
              "syntax",
              task.transferSyntax(),
              "outcome",
              outcome));
    }
  }

  private static String outcome(CodecException failure) {
    return switch (failure) {
      case CorruptFrameException _ -> "corrupt";
      case UnsupportedImageException _ -> "unsupported";
      case FailedFrameException _ -> "failed";
      case CodecUnavailableException _ -> "unavailable";
    };
  }

  /** Times the waiting for a turn. */
  void turn(Turns turns) throws CodecException {
    Timer.Sample sample = Timer.start(meters);
    try {
      turns.take();
    } finally {
      sample.stop(wait);
    }
  }

  void started(boolean succeeded) {
    String outcome = succeeded ? "started" : "failed";
    meters.counter("pacs.codec.starts", "outcome", outcome).increment();
  }

  void lost(Cause cause) {
    meters.counter("pacs.codec.lost", "cause", text(cause)).increment();
  }

  private static String text(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }
}
