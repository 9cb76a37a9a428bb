package org.regionalpacs.codec;

/** Decodes frames of one or more transfer syntaxes. Thread-safe. */
@FunctionalInterface
public interface FrameDecoder {
  /**
   * Decodes a frame.
   *
   * @param frame its bytes: native in little endian byte order, or the whole codestream
   * @param transferSyntax in which it is
   * @param image what the data set says of it; bounds what is allocated, whatever the codestream
   *     claims
   * @throws CorruptFrameException when the bytes don't keep what is promised
   * @throws UnsupportedImageException when this kind of image isn't decoded
   */
  Samples decode(byte[] frame, String transferSyntax, ImageDescription image) throws CodecException;
}
