package org.regionalpacs.codec;

/**
 * Encodes frames into one or more transfer syntaxes. Thread-safe. Takes no more memory than a few
 * times the frame.
 */
public interface FrameEncoder {
  /**
   * What the data set will have to say of frames.
   *
   * @throws UnsupportedImageException when such images aren't encoded so; {@link #encode} then
   *     throws it too
   */
  ImageDescription encoded(ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException;

  /**
   * Encodes a frame.
   *
   * @param transferSyntax into which
   * @throws UnsupportedImageException when this kind of image isn't encoded so
   */
  EncodedFrame encode(Samples samples, String transferSyntax, EncoderOptions options)
      throws CodecException;
}
