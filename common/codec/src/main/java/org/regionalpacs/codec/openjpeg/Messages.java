package org.regionalpacs.codec.openjpeg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;

/** Keeps the first message that OpenJPEG has about something, as that names the cause. */
final class Messages {
  private static final int LONGEST = 256;

  /** To be given to {@code opj_set_*_handler} with a place for messages. */
  static final MemorySegment KEEP = callback();

  private Messages() {}

  /** A place for a message. */
  static MemorySegment place(Arena arena) {
    return arena.allocate(LONGEST);
  }

  private static MemorySegment callback() {
    FunctionDescriptor type = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS);
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().findStatic(Messages.class, "keep", type.toMethodType()),
              type,
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Byte by byte up to the end of the text: none of the memory after it may be read. */
  static void keep(MemorySegment message, MemorySegment data) {
    MemorySegment place = data.reinterpret(LONGEST);
    if (message.address() == 0 || place.get(JAVA_BYTE, 0) != 0) {
      return;
    }
    MemorySegment text = message.reinterpret(LONGEST);
    for (int i = 0; i < LONGEST - 1 && text.get(JAVA_BYTE, i) != 0; i++) {
      place.set(JAVA_BYTE, i, text.get(JAVA_BYTE, i));
    }
  }

  /** The message that was kept; empty when there was none. */
  static String of(MemorySegment place) {
    byte[] bytes = place.toArray(JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .transform(text -> text.substring(0, text.indexOf(0)))
        .strip();
  }
}
