package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Asks a server on the loopback for things picked at random, on some connections at once, a thread
 * each. Every answer must be a 200, and as long as the first one to the same request but for the
 * boundaries of parts.
 */
final class HttpLoad {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final int BOUNDARIES = 64;

  private final int port;
  private final Map<HttpCall, Long> lengths = new ConcurrentHashMap<>();
  private long seed;

  HttpLoad(int port) {
    this.port = port;
  }

  /**
   * What was measured.
   *
   * @param bytes of all bodies
   * @param seconds from the first request to the last answer
   */
  record Result(Latencies latencies, long bytes, double seconds) {
    /** Answers a second. */
    double rate() {
      return latencies.count() / seconds;
    }

    double megabytesPerSecond() {
      return bytes / seconds / 1e6;
    }
  }

  private record Share(Latencies latencies, long bytes) {}

  /**
   * Asks for so long; requests under way then are read to their end.
   *
   * @throws IOException when an answer is wrong, or doesn't come
   */
  Result run(List<HttpCall> calls, int clients, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    return run(calls, clients, () -> System.nanoTime() >= end, time.plus(PATIENCE));
  }

  /**
   * Asks until something is done.
   *
   * @param limit after which it fails
   */
  Result run(List<HttpCall> calls, int clients, BooleanSupplier done, Duration limit)
      throws IOException {
    seed += clients;
    List<HttpConnection> connections = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      for (int i = 0; i < clients; i++) {
        connections.add(HttpConnection.to(port));
      }
      long start = System.nanoTime();
      List<Future<Share>> shares = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        HttpConnection connection = connections.get(i);
        Random random = new Random(seed + i);
        Callable<Share> client = () -> ask(connection, calls, random, done);
        shares.add(threads.submit(client));
      }
      return await(shares, start, limit);
    } finally {
      for (HttpConnection connection : connections) {
        connection.close();
      }
      threads.shutdownNow();
    }
  }

  private Share ask(
      HttpConnection connection, List<HttpCall> calls, Random random, BooleanSupplier done)
      throws IOException {
    Latencies latencies = new Latencies();
    long bytes = 0;
    List<byte[]> requests = calls.stream().map(call -> call.bytes(port)).toList();
    long now = System.nanoTime();
    do {
      int which = random.nextInt(requests.size());
      HttpAnswer answer = connection.ask(requests.get(which), HttpConnection.DISCARD);
      check(calls.get(which), answer);
      bytes += answer.length();
      long after = System.nanoTime();
      latencies.add(after - now);
      now = after;
    } while (!done.getAsBoolean());
    return new Share(latencies, bytes);
  }

  private void check(HttpCall call, HttpAnswer answer) throws IOException {
    if (answer.status() != 200) {
      throw new IOException(call.path() + " was answered " + answer.status());
    }
    if (!call.steady()) {
      return;
    }
    long first = lengths.computeIfAbsent(call, _ -> answer.length());
    // Boundaries of parts are picked at random, and not always as long.
    if (Math.abs(first - answer.length()) > BOUNDARIES + first / 1000) {
      throw new IOException(
          "%s had %d bytes, now it has %d".formatted(call.path(), first, answer.length()));
    }
  }

  private static Result await(List<Future<Share>> shares, long start, Duration limit)
      throws IOException {
    List<Latencies> latencies = new ArrayList<>();
    long bytes = 0;
    try {
      for (Future<Share> share : shares) {
        long left = start + limit.toNanos() - System.nanoTime();
        Share each = share.get(left, TimeUnit.NANOSECONDS);
        latencies.add(each.latencies());
        bytes += each.bytes();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("not all were answered within " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    return new Result(Latencies.of(latencies), bytes, (System.nanoTime() - start) / 1e9);
  }
}
