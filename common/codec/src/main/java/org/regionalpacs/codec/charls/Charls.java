package org.regionalpacs.codec.charls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.foreign.ForeignCall;
import org.regionalpacs.codec.foreign.Library;
import org.regionalpacs.codec.foreign.MissingLibraryException;

/**
 * The functions of CharLS 2 that are used. Its structure of a frame is four 32-bit numbers: width,
 * height, bits of a sample, components.
 */
final class Charls {
  private static final int LEAST_MINOR = 1;

  final MethodHandle newDecoder;
  final MethodHandle freeDecoder;
  final MethodHandle setSource;
  final MethodHandle readHeader;
  final MethodHandle frameInfo;
  final MethodHandle interleaveMode;
  final MethodHandle near;
  final MethodHandle decode;
  final MethodHandle newEncoder;
  final MethodHandle freeEncoder;
  final MethodHandle setFrameInfo;
  final MethodHandle setNear;
  final MethodHandle setInterleaveMode;
  final MethodHandle setDestination;
  final MethodHandle encode;
  final MethodHandle bytesWritten;
  private final MethodHandle errorMessage;
  private final String version;

  Charls(String file) throws MissingLibraryException {
    Library library = new Library(file);
    this.version = version(library, file);
    String decoder = "charls_jpegls_decoder_";
    this.newDecoder = library.function(ADDRESS, decoder + "create");
    this.freeDecoder = library.procedure(decoder + "destroy", ADDRESS);
    this.setSource =
        library.function(JAVA_INT, decoder + "set_source_buffer", ADDRESS, ADDRESS, JAVA_LONG);
    this.readHeader = library.function(JAVA_INT, decoder + "read_header", ADDRESS);
    this.frameInfo = library.function(JAVA_INT, decoder + "get_frame_info", ADDRESS, ADDRESS);
    this.interleaveMode =
        library.function(JAVA_INT, decoder + "get_interleave_mode", ADDRESS, ADDRESS);
    this.near =
        library.function(JAVA_INT, decoder + "get_near_lossless", ADDRESS, JAVA_INT, ADDRESS);
    this.decode =
        library.function(
            JAVA_INT, decoder + "decode_to_buffer", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    String encoder = "charls_jpegls_encoder_";
    this.newEncoder = library.function(ADDRESS, encoder + "create");
    this.freeEncoder = library.procedure(encoder + "destroy", ADDRESS);
    this.setFrameInfo = library.function(JAVA_INT, encoder + "set_frame_info", ADDRESS, ADDRESS);
    this.setNear = library.function(JAVA_INT, encoder + "set_near_lossless", ADDRESS, JAVA_INT);
    this.setInterleaveMode =
        library.function(JAVA_INT, encoder + "set_interleave_mode", ADDRESS, JAVA_INT);
    this.setDestination =
        library.function(JAVA_INT, encoder + "set_destination_buffer", ADDRESS, ADDRESS, JAVA_LONG);
    this.encode =
        library.function(
            JAVA_INT, encoder + "encode_from_buffer", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    this.bytesWritten = library.function(JAVA_INT, encoder + "get_bytes_written", ADDRESS, ADDRESS);
    this.errorMessage = library.function(ADDRESS, "charls_get_error_message", JAVA_INT);
  }

  /** The interface in C is that of versions from 2.1 on; error codes change with version 3. */
  private static String version(Library library, String file) throws MissingLibraryException {
    MethodHandle ask = library.procedure("charls_get_version_number", ADDRESS, ADDRESS, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(JAVA_INT, 3);
      ForeignCall.of(() -> {
        ask.invokeExact(numbers, numbers.asSlice(4), numbers.asSlice(8));
        return numbers;
      });
      int major = numbers.getAtIndex(JAVA_INT, 0);
      int minor = numbers.getAtIndex(JAVA_INT, 1);
      String version = "%d.%d.%d".formatted(major, minor, numbers.getAtIndex(JAVA_INT, 2));
      if (major != 2 || minor < LEAST_MINOR) {
        throw new MissingLibraryException(
            "%s is version %s, and 2.%d or later of 2 is needed"
                .formatted(file, version, LEAST_MINOR));
      }
      return version;
    }
  }

  String version() {
    return version;
  }

  /** A call that returns an error code. */
  @FunctionalInterface
  interface Step {
    int call() throws Throwable;
  }

  /**
   * Makes a step.
   *
   * @throws CodecException that says what CharLS does of its error
   */
  void step(Step step) throws CodecException {
    int code = ForeignCall.of(step::call);
    String said = code == 0 ? "" : message(code);
    switch (code) {
      case 0 -> {}
      // What this version of the library can't, which another might.
      case 2, 8, 9, 10, 23 -> throw new UnsupportedImageException("JPEG-LS: " + said);
      case 13 -> throw new UnsupportedImageException("JPEG-LS: there isn't enough memory");
      // What arguments can't be; what they are was checked before.
      case 1, 7, 14, 27 -> throw new CorruptFrameException("JPEG-LS: " + said);
      default -> {
        if (code >= 100 && code < 200) {
          throw new UnsupportedImageException("JPEG-LS: " + said);
        }
        throw new CorruptFrameException("a JPEG-LS codestream can't be decoded: " + said);
      }
    }
  }

  private String message(int code) {
    MemorySegment text = ForeignCall.of(() -> (MemorySegment) errorMessage.invokeExact(code));
    return text.equals(MemorySegment.NULL)
        ? "error " + code
        : text.reinterpret(1 << 10).getString(0) + " (" + code + ")";
  }
}
