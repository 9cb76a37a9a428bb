package org.regionalpacs.wado.retrieve;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What compressing takes, with a bound for each of it: compressors with the buffers they read from,
 * chunks of compressed bytes that wait until they are sent, and turns on the processors. All memory
 * is outside of the heap, made when it is needed, and used again; where there is none, nothing is
 * compressed.
 */
final class Compressors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Compressors.class);

  /** Of a CT two are taken. */
  private static final int CHUNK = DirectOutput.SIZE;

  /** 32 MB. */
  private static final int CHUNKS = 256;

  /** Long bodies on their way to slow clients keep theirs. */
  private static final int BESIDE_PROCESSORS = 16;

  private final int processors;
  private final Semaphore inUse;
  private final CompressingTurns turns;
  private final IntFunction<ByteBuffer> memory;
  private final Semaphore chunksLeft = new Semaphore(CHUNKS);
  private final BlockingQueue<ByteBuffer> freeChunks = new ArrayBlockingQueue<>(CHUNKS);
  private final Map<AnswerCoding, BlockingQueue<Lent>> free = new EnumMap<>(AnswerCoding.class);
  private volatile boolean zstdMissing;

  /** A compressor, and the buffer for what it compresses, of {@link DirectOutput#SIZE} bytes. */
  record Lent(AnswerCoding coding, Compressor compressor, ByteBuffer buffer) {}

  /**
   * @param processors of this machine
   */
  Compressors(int processors) {
    this(processors, ByteBuffer::allocateDirect);
  }

  /**
   * @param memory outside of the heap, of a size; throws an OutOfMemoryError when there is none
   */
  Compressors(int processors, IntFunction<ByteBuffer> memory) {
    this.processors = processors;
    this.memory = memory;
    this.turns = new CompressingTurns(processors);
    int most = processors + BESIDE_PROCESSORS;
    this.inUse = new Semaphore(most);
    for (AnswerCoding coding : AnswerCoding.values()) {
      free.put(coding, new ArrayBlockingQueue<>(most));
    }
  }

  /** One that nobody uses, if there may be one; to be given back. */
  Optional<Lent> take(AnswerCoding coding) {
    if (coding == AnswerCoding.ZSTD && zstdMissing || !inUse.tryAcquire()) {
      return Optional.empty();
    }
    Optional<Lent> lent = Optional.empty();
    try {
      lent = Optional.ofNullable(free.get(coding).poll()).or(() -> made(coding));
      return lent;
    } finally {
      if (lent.isEmpty()) {
        inUse.release();
      }
    }
  }

  private Optional<Lent> made(AnswerCoding coding) {
    try {
      // The compressor last: the buffer needs no closing if that fails.
      ByteBuffer buffer = memory.apply(DirectOutput.SIZE);
      Compressor compressor =
          switch (coding) {
            case ZSTD -> new ZstdCompressor();
            case GZIP -> new GzipCompressor();
          };
      return Optional.of(new Lent(coding, compressor, buffer));
    } catch (OutOfMemoryError | IllegalStateException e) {
      // IllegalStateException is what zstd makes of it.
      LOG.warn("An answer isn't compressed: no memory for a compressor, {}", e.toString());
      return Optional.empty();
    } catch (LinkageError e) {
      // Its library comes with it, but not for every processor, and not where temporary files can't
      // be run.
      zstdMissing = true;
      LOG.warn("Answers aren't compressed by zstd: its library can't be loaded, {}", e.toString());
      return Optional.empty();
    }
  }

  void give(Lent lent) {
    lent.buffer().clear();
    free.get(lent.coding()).add(lent);
    inUse.release();
  }

  /** Whether there is a compressor for it at all. */
  boolean has(AnswerCoding coding) {
    return coding != AnswerCoding.ZSTD || !zstdMissing;
  }

  /** A chunk, if there may be one more; to be given back. */
  Optional<ByteBuffer> takeChunk() {
    if (!chunksLeft.tryAcquire()) {
      return Optional.empty();
    }
    Optional<ByteBuffer> chunk = Optional.empty();
    try {
      chunk = Optional.ofNullable(freeChunks.poll()).or(this::madeChunk);
      return chunk;
    } finally {
      if (chunk.isEmpty()) {
        chunksLeft.release();
      }
    }
  }

  private Optional<ByteBuffer> madeChunk() {
    try {
      return Optional.of(memory.apply(CHUNK));
    } catch (OutOfMemoryError e) {
      LOG.warn("An answer isn't compressed as a whole: no memory for it, {}", e.toString());
      return Optional.empty();
    }
  }

  void giveChunk(ByteBuffer chunk) {
    freeChunks.add(chunk.clear());
    chunksLeft.release();
  }

  CompressingTurns turns() {
    return turns;
  }

  /** Whether all that was lent is back. */
  boolean isIdle() {
    return inUse.availablePermits() == processors + BESIDE_PROCESSORS
        && chunksLeft.availablePermits() == CHUNKS
        && turns.isIdle();
  }

  @Override
  public void close() {
    free.values()
        .forEach(queue -> {
          for (Lent lent = queue.poll(); lent != null; lent = queue.poll()) {
            lent.compressor().close();
          }
        });
  }
}
