package org.regionalpacs.codec.openjpeg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/**
 * A stream of OpenJPEG over a piece of memory: functions that it calls with the state of a stream,
 * which is the address of the memory, its length and the position. None throws, whatever it is
 * called with: that would end the process.
 */
final class MemoryStream {
  private static final long NOTHING = -1;
  private static final long STATE = 3L * Long.BYTES;

  /** To be given to {@code opj_stream_set_*_function}. */
  static final MemorySegment READ = transfer("read");

  static final MemorySegment WRITE = transfer("write");
  static final MemorySegment SKIP =
      callback("skip", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
  static final MemorySegment SEEK =
      callback("seek", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));

  private MemoryStream() {}

  /** The state of a new stream over memory that lives as long. */
  static MemorySegment state(MemorySegment memory, Arena arena) {
    MemorySegment state = arena.allocate(STATE, Long.BYTES);
    state.set(JAVA_LONG, 0, memory.address());
    state.set(JAVA_LONG, 8, memory.byteSize());
    return state;
  }

  /** Bytes before the position of a stream. */
  static long position(MemorySegment state) {
    return state.get(JAVA_LONG, 16);
  }

  private static MemorySegment transfer(String name) {
    return callback(name, FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS));
  }

  private static MemorySegment callback(String name, FunctionDescriptor type) {
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().findStatic(MemoryStream.class, name, type.toMethodType()),
              type,
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As many bytes as there are; all ones at the end. */
  static long read(MemorySegment to, long count, MemorySegment stream) {
    MemorySegment state = stream.reinterpret(STATE);
    long left = state.get(JAVA_LONG, 8) - position(state);
    if (left <= 0 || count <= 0) {
      return NOTHING;
    }
    long taken = Math.min(count, left);
    MemorySegment.copy(rest(state), 0, to.reinterpret(taken), 0, taken);
    advance(state, taken);
    return taken;
  }

  /** All bytes or none. */
  static long write(MemorySegment from, long count, MemorySegment stream) {
    MemorySegment state = stream.reinterpret(STATE);
    if (count < 0 || count > state.get(JAVA_LONG, 8) - position(state)) {
      return NOTHING;
    }
    MemorySegment.copy(from.reinterpret(count), 0, rest(state), 0, count);
    advance(state, count);
    return count;
  }

  /** Forwards, within the memory. */
  static long skip(long count, MemorySegment stream) {
    MemorySegment state = stream.reinterpret(STATE);
    if (count < 0 || count > state.get(JAVA_LONG, 8) - position(state)) {
      return NOTHING;
    }
    advance(state, count);
    return count;
  }

  /** To a position within the memory; 1 when it is. */
  static int seek(long position, MemorySegment stream) {
    MemorySegment state = stream.reinterpret(STATE);
    if (position < 0 || position > state.get(JAVA_LONG, 8)) {
      return 0;
    }
    state.set(JAVA_LONG, 16, position);
    return 1;
  }

  private static MemorySegment rest(MemorySegment state) {
    long left = state.get(JAVA_LONG, 8) - position(state);
    return MemorySegment.ofAddress(state.get(JAVA_LONG, 0) + position(state)).reinterpret(left);
  }

  private static void advance(MemorySegment state, long count) {
    state.set(JAVA_LONG, 16, position(state) + count);
  }
}
