package org.regionalpacs.codec.process;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FailedFrameException;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.FrameEncoders;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;

/**
 * All codecs: those in Java here, those by C libraries in a few child processes, started when they
 * are needed. Thread-safe.
 *
 * <p>Beside what codecs throw, those in processes throw {@link FailedFrameException} when a frame
 * ends its process, and {@link CodecUnavailableException} when there is no process for it in time.
 * Interrupting the thread ends both waiting and coding with a {@link CancellationException}; then
 * nothing holds the frame any more.
 */
public final class CodecProcesses implements AutoCloseable {
  /** About what a new process costs: what isn't wanted any more may end within that. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final CodecProperties settings;
  private final Children children;
  private final Turns turns;
  private final CodecMetrics metrics;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("codec-", 0).factory());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("codec-timer").factory());
  private volatile KnownLibraries known = KnownLibraries.none();
  private Future<?> looking = CompletableFuture.completedFuture(true);

  /** Some that nobody counts. */
  public CodecProcesses(CodecProperties settings) {
    this(settings, new CompositeMeterRegistry());
  }

  /** Some of which is counted what {@link CodecMetrics} lists. */
  CodecProcesses(CodecProperties settings, MeterRegistry meters) {
    this.settings = settings;
    this.metrics = new CodecMetrics(meters);
    this.children = new Children(settings, metrics);
    this.turns = new Turns(settings.most(), settings.maxWaiting(), settings.maxWait());
    metrics.watch(children, turns);
    long look = Math.max(1, settings.idle().toMillis() / 2);
    timer.scheduleWithFixedDelay(
        () -> children.endIdle(settings.idle()), look, look, TimeUnit.MILLISECONDS);
  }

  /** The decoder of a transfer syntax; empty when there is none, whatever is installed. */
  public Optional<FrameDecoder> decoder(String transferSyntax) {
    return ForeignCodecs.decodes(transferSyntax)
        ? Optional.of(this::decode)
        : FrameDecoders.of(transferSyntax);
  }

  /** The encoder of a transfer syntax; empty when there is none, whatever is installed. */
  public Optional<FrameEncoder> encoder(String transferSyntax) {
    return ForeignCodecs.encodes(transferSyntax)
        ? Optional.of(new ChildEncoder())
        : FrameEncoders.of(transferSyntax);
  }

  /**
   * What there is of each library. It is looked again now and then for what is missing.
   *
   * @param most how long to wait for what isn't known yet, for which a process is started
   */
  public List<Availability> availability(Duration most) {
    try {
      look().get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What is known is what there is to say.
    }
    return known.libraries();
  }

  /**
   * Why frames of a transfer syntax can't be coded here, and what to install; empty when they can,
   * or nobody knows yet.
   *
   * @param most as {@link #availability}
   */
  public Optional<String> missing(String transferSyntax, Duration most) {
    Optional<String> library = ForeignCodecs.library(transferSyntax);
    if (library.isEmpty()) {
      return Optional.empty();
    }
    return availability(most).stream()
        .filter(found -> found.library().equals(library.get()) && found.isMissing())
        .findFirst()
        .map(found -> "%s can't be used: %s".formatted(found.library(), found.detail()));
  }

  private synchronized Future<?> look() {
    if (looking.isDone() && !known.holds()) {
      try {
        looking = threads.submit(this::lookNow);
      } catch (RejectedExecutionException e) {
        known = KnownLibraries.failed("codec processes are being stopped");
      }
    }
    return looking;
  }

  private void lookNow() {
    try {
      turns.take();
      try {
        exchange(child -> true).call();
      } finally {
        turns.giveBack();
      }
    } catch (CodecException e) {
      known = KnownLibraries.failed(e.getMessage());
    }
  }

  /** Process ids of the children. */
  List<Long> pids() {
    return children.pids();
  }

  /** Children that work. */
  int busy() {
    return children.working();
  }

  private Samples decode(byte[] frame, String transferSyntax, ImageDescription image)
      throws CodecException {
    Task.Coded coded = run(new Task.Decode(frame, transferSyntax, image));
    return Samples.of(coded.image(), coded.bytes());
  }

  /** Encodes in a child. */
  private final class ChildEncoder implements FrameEncoder {
    @Override
    public ImageDescription encoded(
        ImageDescription image, String transferSyntax, EncoderOptions options)
        throws UnsupportedImageException {
      return ForeignCodecs.encoded(image, transferSyntax, options);
    }

    @Override
    public EncodedFrame encode(Samples samples, String transferSyntax, EncoderOptions options)
        throws CodecException {
      encoded(samples.image(), transferSyntax, options);
      Task.Coded coded = run(new Task.Encode(samples, transferSyntax, options));
      return new EncodedFrame(coded.image(), coded.bytes());
    }
  }

  private Task.Coded run(Task task) throws CodecException {
    return metrics.frame(task, () -> coded(task));
  }

  private Task.Coded coded(Task task) throws CodecException {
    Wanted.check();
    if (task.heap() > settings.heap()) {
      throw new UnsupportedImageException(
          "a frame of it needs more memory than pacs.codec.memory allows");
    }
    metrics.turn(turns);
    Exchange<Task.Coded> exchange = exchange(child -> child.code(task));
    Future<Task.Coded> result;
    try {
      result =
          threads.submit(() -> {
            try {
              return exchange.call();
            } finally {
              turns.giveBack();
            }
          });
    } catch (RejectedExecutionException e) {
      turns.giveBack();
      throw new CodecUnavailableException("codec processes are being stopped");
    }
    return await(result, exchange);
  }

  private <T> Exchange<T> exchange(Exchange.Work<T> work) {
    return new Exchange<>(children, timer, this::greeted, work, settings.maxTime());
  }

  private void greeted(List<Availability> libraries) {
    known = KnownLibraries.of(libraries);
  }

  /** The result; when this thread is interrupted, the end of work that isn't wanted any more. */
  private <T> T await(Future<T> result, Exchange<T> exchange) throws CodecException {
    boolean interrupted = false;
    while (true) {
      try {
        T coded = result.get();
        if (!interrupted) {
          return coded;
        }
        break;
      } catch (InterruptedException e) {
        if (!interrupted) {
          interrupted = true;
          stopSoon(exchange);
        }
      } catch (ExecutionException e) {
        if (!interrupted) {
          throw failure(e.getCause());
        }
        break;
      }
    }
    Thread.currentThread().interrupt();
    throw new CancellationException("the frame isn't wanted any more");
  }

  private void stopSoon(Exchange<?> exchange) {
    try {
      exchange.giveUp(GRACE);
    } catch (RejectedExecutionException e) {
      // All are being stopped.
    }
  }

  private static CodecException failure(Throwable cause) {
    return switch (cause) {
      case CodecException e -> e;
      case RejectedExecutionException e ->
          new CodecUnavailableException("codec processes are being stopped", e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
  }

  /** Ends all processes; what they are doing fails. */
  @Override
  public void close() {
    threads.shutdown();
    timer.shutdownNow();
    children.close();
  }
}
