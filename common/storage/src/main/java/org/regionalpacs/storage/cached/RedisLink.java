package org.regionalpacs.storage.cached;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis, one for all: commands are pipelined on it and none blocks or needs a
 * transaction, so that a pool would only add connections.
 *
 * <p>It is there or it isn't; nobody waits for it. When it fails it is dropped, with all that was
 * under way on it, Redis is left alone for a while, and then connected to in the background: so a
 * Redis that hangs costs the readers of that moment one timeout, and later ones nothing.
 */
final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int THREADS = 2;
  private static final int READ = 1024 * 1024;

  /** Netty would take a frame of a CT from the socket in pieces of 64 KB at most. */
  private static final NettyCustomizer LARGE_READS =
      new NettyCustomizer() {
        @Override
        public void afterBootstrapInitialized(Bootstrap bootstrap) {
          bootstrap.option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ));
        }
      };

  /** Commands under way, all readers together. */
  private static final int QUEUE = 10_000;

  private final RedisAddress address;
  private final Duration pause;
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;
  private final Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<Void>> greeting;
  private final AtomicBoolean connecting = new AtomicBoolean();
  private volatile Optional<StatefulRedisConnection<byte[], byte[]>> connection = Optional.empty();
  private volatile Optional<String> trouble = Optional.of("not connected yet");
  private volatile long restUntil = System.nanoTime();
  private volatile boolean closed;
  private boolean told;

  /**
   * Begins to connect.
   *
   * @param pause how long Redis is left alone when it failed
   * @param greeting is done on each new connection before anybody else gets it; it is dropped when
   *     that fails
   */
  RedisLink(
      RedisAddress address,
      Duration pause,
      Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<Void>> greeting) {
    this.address = address;
    this.pause = pause;
    this.greeting = greeting;
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .nettyCustomizer(LARGE_READS)
            .build();
    this.uri = uri(address);
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUE)
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).keepAlive(true).build())
            .build());
    connectAfterRest();
  }

  private static RedisURI uri(RedisAddress address) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(address.host())
            .withPort(address.port())
            .withDatabase(address.database())
            .withSsl(address.ssl().enabled())
            .withTimeout(CONNECT)
            .withClientName("regional-pacs");
    if (!address.password().isEmpty()) {
      char[] password = address.password().toCharArray();
      return (address.username().isEmpty()
              ? uri.withPassword(password)
              : uri.withAuthentication(address.username(), password))
          .build();
    }
    return uri.build();
  }

  /** The commands, when Redis is there. Else it is looked for, in the background. */
  Optional<RedisAsyncCommands<byte[], byte[]>> commands() {
    Optional<StatefulRedisConnection<byte[], byte[]>> now = connection;
    if (now.isEmpty()) {
      connectAfterRest();
      return Optional.empty();
    }
    if (!now.get().isOpen()) {
      failed(now.get().async(), "the connection ended");
      return Optional.empty();
    }
    return Optional.of(now.get().async());
  }

  /** Drops the connection that these commands belong to, unless another has taken its place. */
  void failed(RedisAsyncCommands<byte[], byte[]> commands, String reason) {
    StatefulRedisConnection<byte[], byte[]> broken = commands.getStatefulConnection();
    synchronized (this) {
      if (connection.filter(now -> now == broken).isEmpty()) {
        return;
      }
      rest(reason);
      connection = Optional.empty();
    }
    broken.closeAsync();
  }

  /** Why Redis can't be used now; empty when it can. */
  Optional<String> trouble() {
    return trouble;
  }

  private synchronized void rest(String reason) {
    restUntil = System.nanoTime() + pause.toNanos();
    trouble = Optional.of(reason);
    if (!told && !closed) {
      told = true;
      LOG.warn("Redis {} fails, reading goes on without it: {}", address.hostAndPort(), reason);
    }
  }

  private void connectAfterRest() {
    if (closed || System.nanoTime() - restUntil < 0 || !connecting.compareAndSet(false, true)) {
      return;
    }
    try {
      client
          .connectAsync(ByteArrayCodec.INSTANCE, uri)
          .whenComplete((made, failure) -> {
            if (failure == null) {
              greet(made);
            } else {
              rest(cause(failure));
              connecting.set(false);
            }
          });
    } catch (RuntimeException e) {
      rest(cause(e));
      connecting.set(false);
    }
  }

  private void greet(StatefulRedisConnection<byte[], byte[]> made) {
    CompletableFuture.completedFuture(made.async())
        .thenCompose(greeting)
        .orTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, failure) -> {
          if (failure == null && !closed) {
            publish(made);
          } else {
            rest(failure == null ? "closed" : cause(failure));
            made.closeAsync();
          }
          connecting.set(false);
        });
  }

  private synchronized void publish(StatefulRedisConnection<byte[], byte[]> made) {
    connection = Optional.of(made);
    trouble = Optional.empty();
    if (told) {
      told = false;
      LOG.info("Redis {} is there again", address.hostAndPort());
    }
  }

  /** The innermost reason. */
  static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof TimeoutException ? "no answer in time" : cause.toString();
  }

  @Override
  public void close() {
    closed = true;
    client.shutdown(Duration.ZERO, CONNECT);
    resources.shutdown(0, CONNECT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
