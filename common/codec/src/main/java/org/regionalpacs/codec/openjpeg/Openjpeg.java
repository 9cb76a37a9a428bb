package org.regionalpacs.codec.openjpeg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.codec.foreign.ForeignCall;
import org.regionalpacs.codec.foreign.Library;
import org.regionalpacs.codec.foreign.MissingLibraryException;

/**
 * The functions of OpenJPEG 2 that are used. Its structures are laid out as in the header of
 * version 2.5; they are the same in all of 2 from 2.1 on.
 */
final class Openjpeg {
  /** Codestreams without boxes around. */
  static final int CODESTREAM = 0;

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  final MethodHandle newStream;
  final MethodHandle freeStream;
  final MethodHandle setRead;
  final MethodHandle setWrite;
  final MethodHandle setSkip;
  final MethodHandle setSeek;
  final MethodHandle setState;
  final MethodHandle setLength;
  final MethodHandle newDecoder;
  final MethodHandle newEncoder;
  final MethodHandle freeCodec;
  final MethodHandle freeImage;
  final MethodHandle newImage;
  final MethodHandle setErrorHandler;
  final MethodHandle setWarningHandler;
  final MethodHandle decoderDefaults;
  final MethodHandle setupDecoder;
  final MethodHandle setStrict;
  final MethodHandle readHeader;
  final MethodHandle decode;
  final MethodHandle endDecoding;
  final MethodHandle encoderDefaults;
  final MethodHandle setupEncoder;
  final MethodHandle startEncoding;
  final MethodHandle encode;
  final MethodHandle endEncoding;
  private final String version;

  Openjpeg(String file) throws MissingLibraryException {
    Library library = new Library(file);
    this.version = version(library, file);
    this.newStream = library.function(ADDRESS, "opj_stream_create", JAVA_LONG, JAVA_INT);
    this.freeStream = library.procedure("opj_stream_destroy", ADDRESS);
    this.setRead = library.procedure("opj_stream_set_read_function", ADDRESS, ADDRESS);
    this.setWrite = library.procedure("opj_stream_set_write_function", ADDRESS, ADDRESS);
    this.setSkip = library.procedure("opj_stream_set_skip_function", ADDRESS, ADDRESS);
    this.setSeek = library.procedure("opj_stream_set_seek_function", ADDRESS, ADDRESS);
    this.setState = library.procedure("opj_stream_set_user_data", ADDRESS, ADDRESS, ADDRESS);
    this.setLength = library.procedure("opj_stream_set_user_data_length", ADDRESS, JAVA_LONG);
    this.newDecoder = library.function(ADDRESS, "opj_create_decompress", JAVA_INT);
    this.newEncoder = library.function(ADDRESS, "opj_create_compress", JAVA_INT);
    this.freeCodec = library.procedure("opj_destroy_codec", ADDRESS);
    this.freeImage = library.procedure("opj_image_destroy", ADDRESS);
    this.newImage = library.function(ADDRESS, "opj_image_create", JAVA_INT, ADDRESS, JAVA_INT);
    this.setErrorHandler = check(library, "opj_set_error_handler", 3);
    this.setWarningHandler = check(library, "opj_set_warning_handler", 3);
    this.decoderDefaults = library.procedure("opj_set_default_decoder_parameters", ADDRESS);
    this.setupDecoder = check(library, "opj_setup_decoder", 2);
    this.setStrict = library.function(JAVA_INT, "opj_decoder_set_strict_mode", ADDRESS, JAVA_INT);
    this.readHeader = check(library, "opj_read_header", 3);
    this.decode = check(library, "opj_decode", 3);
    this.endDecoding = check(library, "opj_end_decompress", 2);
    this.encoderDefaults = library.procedure("opj_set_default_encoder_parameters", ADDRESS);
    this.setupEncoder = check(library, "opj_setup_encoder", 3);
    this.startEncoding = check(library, "opj_start_compress", 3);
    this.encode = check(library, "opj_encode", 2);
    this.endEncoding = check(library, "opj_end_compress", 2);
  }

  /** A function of addresses that returns whether it succeeded. */
  private static MethodHandle check(Library library, String symbol, int addresses)
      throws MissingLibraryException {
    MemoryLayout[] parameters = new MemoryLayout[addresses];
    Arrays.fill(parameters, ADDRESS);
    return library.function(JAVA_INT, symbol, parameters);
  }

  /** HTJ2K and the refusal of what is cut off came with 2.5. */
  private static String version(Library library, String file) throws MissingLibraryException {
    MethodHandle ask = library.function(ADDRESS, "opj_version");
    MemorySegment text = ForeignCall.of(() -> (MemorySegment) ask.invokeExact());
    String version = text.reinterpret(1 << 10).getString(0);
    Matcher numbers = VERSION.matcher(version);
    boolean usable =
        numbers.matches()
            && Integer.parseInt(numbers.group(1)) == 2
            && Integer.parseInt(numbers.group(2)) >= 5;
    if (!usable) {
      throw new MissingLibraryException(
          file + " is version " + version + ", and 2.5 or later of 2 is needed");
    }
    return version;
  }

  String version() {
    return version;
  }

  /** A call that returns nothing. */
  @FunctionalInterface
  interface Procedure {
    void call() throws Throwable;
  }

  /** Calls one. */
  static void call(Procedure procedure) {
    ForeignCall.of(() -> {
      procedure.call();
      return procedure;
    });
  }
}
