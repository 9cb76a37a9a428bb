package org.regionalpacs.wado.retrieve;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.wado.retrieve.Compressors.Lent;

/**
 * A body that is compressed on its way to the client: its first piece shows whether that pays, else
 * all goes out as it is. A short one is compressed as a whole before its first byte goes out, so
 * that its length is known and a slow client keeps nothing but the compressed bytes; a long one
 * goes out as it is compressed.
 */
final class CodedBody implements DirectOutput.Pieces, AutoCloseable {
  /** Bytes of a body that is short. */
  private static final int SHORT = 4 * 1024 * 1024;

  /** Compressed, of what there was. */
  private static final double WORTH_IT = 0.9;

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final PlainAnswer answer;
  private final Compressors compressors;
  private final HttpServletResponse response;
  private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
  private final AnswerCoding coding;
  private ServletOutputStream client;
  private Optional<Lent> lent;
  private Outcome outcome = Outcome.UNDECIDED;
  private boolean begun;
  private long before;
  private long after;

  /** What became of a body. */
  enum Outcome {
    UNDECIDED,
    CODED,
    /** As it is: it hardly gets smaller. */
    NOT_WORTH_IT,
    /** As it is: no turn, or no memory, was left. */
    BUSY
  }

  /**
   * @param lent given back by this one
   * @param chunk likewise
   */
  CodedBody(
      PlainAnswer answer,
      Compressors compressors,
      Lent lent,
      ByteBuffer chunk,
      HttpServletResponse response) {
    this.answer = answer;
    this.compressors = compressors;
    this.coding = lent.coding();
    this.lent = Optional.of(lent);
    this.chunks.add(chunk);
    this.response = response;
  }

  /** Sends all of it. */
  void send() throws IOException {
    client = response.getOutputStream();
    try (DirectOutput out = new DirectOutput(this, lent.orElseThrow().buffer())) {
      answer.body().writeTo(out);
      out.finish();
    }
    end();
  }

  Outcome outcome() {
    return outcome;
  }

  /** Bytes of the body. */
  long before() {
    return before;
  }

  /** Bytes that it became. */
  long after() {
    return after;
  }

  @Override
  public void write(ByteBuffer piece) throws IOException {
    before += piece.remaining();
    if (outcome == Outcome.UNDECIDED) {
      decide(piece);
    } else if (outcome == Outcome.CODED) {
      compress(piece, false);
    } else {
      client.write(piece);
    }
  }

  private void decide(ByteBuffer first) throws IOException {
    outcome = compressors.turns().now(coding) ? tried(first) : Outcome.BUSY;
    if (outcome != Outcome.CODED) {
      giveChunks();
      answer.begin(response);
      client.write(first);
    }
  }

  /** Compresses the first piece, or leaves it as it was. */
  private Outcome tried(ByteBuffer first) throws IOException {
    try {
      Compressor compressor = lent.orElseThrow().compressor();
      compressor.begin(answer.length());
      ByteBuffer out = chunks.getFirst();
      int all = first.remaining();
      if (compressor.compress(first, out, false) && out.position() <= all * WORTH_IT) {
        return Outcome.CODED;
      }
    } finally {
      compressors.turns().end(coding);
    }
    first.rewind();
    return Outcome.NOT_WORTH_IT;
  }

  private void compress(ByteBuffer piece, boolean last) throws IOException {
    Compressor compressor = lent.orElseThrow().compressor();
    boolean all = false;
    while (!all) {
      ByteBuffer out = room();
      compressors.turns().await(coding);
      try {
        all = compressor.compress(piece, out, last);
      } finally {
        compressors.turns().end(coding);
      }
    }
  }

  /** Where the next compressed bytes go. */
  private ByteBuffer room() throws IOException {
    if (chunks.getLast().remaining() < Compressor.ROOM) {
      boolean kept = answer.length().orElse(Long.MAX_VALUE) <= SHORT && !begun;
      Optional<ByteBuffer> more = kept ? compressors.takeChunk() : Optional.empty();
      if (more.isEmpty()) {
        chunks.add(sendChunks(OptionalLong.empty()));
      } else {
        chunks.add(more.get());
      }
    }
    return chunks.getLast();
  }

  /** Sends what is compressed, and gives the chunks back but for the last one. */
  private ByteBuffer sendChunks(OptionalLong all) throws IOException {
    if (!begun) {
      answer.begin(response, coding, all);
      begun = true;
    }
    while (true) {
      ByteBuffer chunk = chunks.getFirst();
      after += chunk.position();
      client.write(chunk.flip());
      chunks.removeFirst();
      if (chunks.isEmpty()) {
        return chunk.clear();
      }
      compressors.giveChunk(chunk);
    }
  }

  private void end() throws IOException {
    switch (outcome) {
      case CODED -> {
        compress(NOTHING.duplicate(), true);
        giveLent();
        OptionalLong all =
            begun
                ? OptionalLong.empty()
                : OptionalLong.of(chunks.stream().mapToLong(ByteBuffer::position).sum());
        compressors.giveChunk(sendChunks(all));
      }
      case UNDECIDED -> answer.begin(response);
      case NOT_WORTH_IT, BUSY -> {}
    }
  }

  private void giveLent() {
    lent.ifPresent(compressors::give);
    lent = Optional.empty();
  }

  /** Gives back what it still has; what wasn't sent is dropped. */
  @Override
  public void close() {
    giveLent();
    giveChunks();
  }

  private void giveChunks() {
    chunks.forEach(compressors::giveChunk);
    chunks.clear();
  }
}
