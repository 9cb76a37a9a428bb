package org.regionalpacs.storage.cached;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.regionalpacs.storage.cached.CacheMetrics.Read;
import org.regionalpacs.storage.cached.CacheMetrics.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Values in Redis. Nothing here fails: a Redis that does is as one that has nothing. */
final class RedisValues implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisValues.class);
  private static final Duration WRITE = Duration.ofSeconds(10);
  private static final Duration FORGET = Duration.ofSeconds(2);

  /** Bytes a millisecond that an answer may take more time for. */
  private static final long RATE = 10_000;

  /** Longer than anybody loads what he began to load before it was deleted. */
  private static final Duration MARK = Duration.ofHours(1);

  private static final int MOST_OWED = 5_000;

  private final CacheProperties settings;
  private final RedisState state = new RedisState();
  private final RedisLink link;
  private final CacheMetrics metrics;

  /** What couldn't be deleted in Redis yet; what is too much for it, the TTL ends. */
  private final Set<CacheKey> owed = ConcurrentHashMap.newKeySet();

  private volatile long writeAfter = System.nanoTime();
  private volatile long lastAnswer = System.nanoTime();

  RedisValues(RedisAddress address, CacheProperties settings, CacheMetrics metrics) {
    this.settings = settings;
    this.link = new RedisLink(address, settings.pause(), this::greet);
    this.metrics = metrics;
    metrics.watch(link);
  }

  /** What is owed is done before anybody reads from a Redis that is back. */
  private CompletionStage<Void> greet(RedisAsyncCommands<byte[], byte[]> commands) {
    commands
        .info("memory")
        .whenComplete((info, failure) -> {
          // One that forbids INFO is used all the same.
          if (failure == null) {
            state.seen(info);
          }
        });
    CompletionStage<Void> settled = settle(commands);
    return commands.ping().thenCompose(_ -> settled);
  }

  /** Does what is owed. */
  private CompletionStage<Void> settle(RedisAsyncCommands<byte[], byte[]> commands) {
    return CompletableFuture.allOf(
        owed.stream()
            .map(key -> forget(commands, key).toCompletableFuture().thenRun(() -> owed.remove(key)))
            .toArray(CompletableFuture[]::new));
  }

  /**
   * A sound value, with its header.
   *
   * @param longest bytes of the content at most; of a longer value only one more byte comes
   */
  Optional<byte[]> find(CacheKey key, int longest) {
    Optional<RedisAsyncCommands<byte[], byte[]>> there = link.commands();
    if (there.isEmpty() || owed.contains(key.owner())) {
      metrics.read(key.kind(), Read.AWAY);
      return Optional.empty();
    }
    Optional<byte[]> answer = ask(there.get(), key, longest);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    byte[] value = answer.get();
    boolean sound = CacheValue.sound(key, value);
    Read outcome = sound ? Read.HIT : value.length == 0 ? Read.MISS : Read.GARBAGE;
    metrics.read(key.kind(), outcome);
    if (!sound) {
      return Optional.empty();
    }
    metrics.moved(key.kind(), "read", value.length);
    return answer;
  }

  private Optional<byte[]> ask(
      RedisAsyncCommands<byte[], byte[]> commands, CacheKey key, int longest) {
    Read outcome = Read.AWAY;
    long patience = settings.timeout().toMillis() + (key.part().isEmpty() ? 0 : longest / RATE);
    try {
      // Not GET: what strangers put there may be of any length.
      RedisFuture<byte[]> answer =
          commands.getrange(key.value(), 0, (long) CacheValue.HEADER + longest);
      answer.thenRun(() -> lastAnswer = System.nanoTime());
      return Optional.of(answer.get(patience, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // Others' answers may be ahead of this one, on a network that is busy.
      if (System.nanoTime() - lastAnswer >= TimeUnit.MILLISECONDS.toNanos(patience)) {
        link.failed(commands, "no answer within " + patience + " ms");
      }
    } catch (ExecutionException e) {
      if (wrongType(e.getCause())) {
        outcome = Read.GARBAGE;
      } else {
        link.failed(commands, RedisLink.cause(e));
      }
    } catch (RedisException e) {
      // Too many commands are under way, or the connection has just ended.
      LOG.debug("Redis isn't asked for {}: {}", key, e.toString());
    }
    metrics.read(key.kind(), outcome);
    return Optional.empty();
  }

  private static boolean wrongType(Throwable failure) {
    return failure instanceof RedisCommandExecutionException error
        && String.valueOf(error.getMessage()).startsWith("WRONGTYPE");
  }

  /**
   * Keeps a value, some time soon, perhaps.
   *
   * @param value with its header; it isn't changed any more
   * @param done is run when the value is needed no longer
   */
  void keep(CacheKey key, byte[] value, Runnable done) {
    Optional<RedisAsyncCommands<byte[], byte[]>> there = link.commands();
    if (there.isEmpty() || System.nanoTime() - writeAfter < 0) {
      metrics.written(key.kind(), Write.AWAY);
      done.run();
      return;
    }
    RedisAsyncCommands<byte[], byte[]> commands = there.get();
    try {
      commands
          .<Long>eval(
              Scripts.KEEP,
              ScriptOutputType.INTEGER,
              keys(key),
              value,
              number(settings.ttl().toMillis()),
              key.part().getBytes(StandardCharsets.US_ASCII))
          .toCompletableFuture()
          .orTimeout(WRITE.toMillis(), TimeUnit.MILLISECONDS)
          .whenComplete((kept, failure) -> {
            written(commands, key, value, Optional.ofNullable(kept), Optional.ofNullable(failure));
            done.run();
          });
    } catch (RedisException e) {
      metrics.written(key.kind(), Write.AWAY);
      done.run();
    }
  }

  private void written(
      RedisAsyncCommands<byte[], byte[]> commands,
      CacheKey key,
      byte[] value,
      Optional<Long> kept,
      Optional<Throwable> failure) {
    if (kept.isPresent()) {
      state.took();
      metrics.written(key.kind(), kept.get() == 1 ? Write.KEPT : Write.DELETED);
      metrics.moved(key.kind(), "written", value.length);
      return;
    }
    metrics.written(key.kind(), Write.FAILED);
    String reason = failure.map(RedisLink::cause).orElse("no answer");
    if (failure.filter(RedisValues::refusal).isPresent()) {
      state.refused(reason);
      writeAfter = System.nanoTime() + settings.pause().toNanos();
    } else {
      link.failed(commands, reason);
    }
  }

  /** Redis answers, so that reading goes on: it is full, or read-only. */
  private static boolean refusal(Throwable failure) {
    return failure instanceof RedisCommandExecutionException
        || failure.getCause() instanceof RedisCommandExecutionException;
  }

  /**
   * Removes a value, or all parts of one, and sees to it that it isn't kept again by who is loading
   * it. When Redis isn't there, this is done before it is read from again.
   */
  void forget(CacheKey key) {
    if (owed.size() < MOST_OWED) {
      owed.add(key);
    }
    Optional<RedisAsyncCommands<byte[], byte[]>> there = link.commands();
    if (there.isEmpty()) {
      return;
    }
    try {
      forget(there.get(), key).toCompletableFuture().get(FORGET.toMillis(), TimeUnit.MILLISECONDS);
      owed.remove(key);
      settle(there.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException | RedisException e) {
      link.failed(there.get(), RedisLink.cause(e));
    }
  }

  private static CompletionStage<Long> forget(
      RedisAsyncCommands<byte[], byte[]> commands, CacheKey key) {
    return commands.eval(
        Scripts.FORGET, ScriptOutputType.INTEGER, keys(key), number(MARK.toMillis()));
  }

  private static byte[][] keys(CacheKey key) {
    return new byte[][] {key.value(), key.parts(), key.gone()};
  }

  private static byte[] number(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  RedisLink link() {
    return link;
  }

  RedisState state() {
    return state;
  }

  @Override
  public void close() {
    link.close();
  }
}
