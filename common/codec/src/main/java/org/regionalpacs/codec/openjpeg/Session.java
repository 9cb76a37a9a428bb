package org.regionalpacs.codec.openjpeg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.foreign.ForeignCall;

/** A codec, a stream and an image of OpenJPEG, which are freed together with all other memory. */
final class Session implements AutoCloseable {
  /** Of what a stream reads or writes at once. */
  private static final long LARGEST_BUFFER = 1 << 20;

  private final Openjpeg library;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment errors = Messages.place(arena);
  private MemorySegment codec = MemorySegment.NULL;
  private MemorySegment stream = MemorySegment.NULL;
  private MemorySegment image = MemorySegment.NULL;

  Session(Openjpeg library) {
    this.library = library;
  }

  Arena arena() {
    return arena;
  }

  MemorySegment codec() {
    return codec;
  }

  MemorySegment stream() {
    return stream;
  }

  MemorySegment image() {
    return image;
  }

  /** Makes a decoder, and a stream over a codestream. */
  void toDecode(MemorySegment codestream) throws CodecException {
    codec =
        present(
            ForeignCall.of(
                () -> (MemorySegment) library.newDecoder.invokeExact(Openjpeg.CODESTREAM)));
    open(codestream, 1);
    Openjpeg.call(() -> {
      library.setRead.invokeExact(stream, MemoryStream.READ);
    });
    // Without it, OpenJPEG takes every stream for endless.
    Openjpeg.call(() -> {
      library.setLength.invokeExact(stream, codestream.byteSize());
    });
  }

  /**
   * Makes an encoder, and a stream into memory.
   *
   * @return the state of the stream
   */
  MemorySegment toEncode(MemorySegment codestream) throws CodecException {
    codec =
        present(
            ForeignCall.of(
                () -> (MemorySegment) library.newEncoder.invokeExact(Openjpeg.CODESTREAM)));
    MemorySegment state = open(codestream, 0);
    Openjpeg.call(() -> {
      library.setWrite.invokeExact(stream, MemoryStream.WRITE);
    });
    return state;
  }

  private MemorySegment open(MemorySegment codestream, int input) throws CodecException {
    step("set up", () -> (int) library.setErrorHandler.invokeExact(codec, Messages.KEEP, errors));
    long buffer = Math.clamp(codestream.byteSize(), 1 << 12, LARGEST_BUFFER);
    stream =
        present(ForeignCall.of(() -> (MemorySegment) library.newStream.invokeExact(buffer, input)));
    MemorySegment state = MemoryStream.state(codestream, arena);
    Openjpeg.call(() -> {
      library.setSkip.invokeExact(stream, MemoryStream.SKIP);
    });
    Openjpeg.call(() -> {
      library.setSeek.invokeExact(stream, MemoryStream.SEEK);
    });
    Openjpeg.call(() -> {
      library.setState.invokeExact(stream, state, MemorySegment.NULL);
    });
    return state;
  }

  /** Keeps an image, to free it with the session. */
  void keep(MemorySegment made) throws UnsupportedImageException {
    image = present(made);
  }

  private static MemorySegment present(MemorySegment made) throws UnsupportedImageException {
    if (made.equals(MemorySegment.NULL)) {
      throw new UnsupportedImageException("JPEG 2000: there isn't enough memory");
    }
    return made;
  }

  /** A call that returns whether it succeeded. */
  @FunctionalInterface
  interface Step {
    int call() throws Throwable;
  }

  /**
   * Makes a step.
   *
   * @param what it does
   * @throws CorruptFrameException that says what OpenJPEG does of its failure
   */
  void step(String what, Step step) throws CorruptFrameException {
    if (ForeignCall.of(step::call) == 0) {
      throw new CorruptFrameException(
          "a JPEG 2000 codestream can't be %s: %s".formatted(what, Messages.of(errors)));
    }
  }

  @Override
  public void close() {
    if (!stream.equals(MemorySegment.NULL)) {
      Openjpeg.call(() -> {
        library.freeStream.invokeExact(stream);
      });
    }
    if (!codec.equals(MemorySegment.NULL)) {
      Openjpeg.call(() -> {
        library.freeCodec.invokeExact(codec);
      });
    }
    if (!image.equals(MemorySegment.NULL)) {
      Openjpeg.call(() -> {
        library.freeImage.invokeExact(image);
      });
    }
    arena.close();
  }
}
