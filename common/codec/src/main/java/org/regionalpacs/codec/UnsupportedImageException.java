package org.regionalpacs.codec;

/** An image of a kind, or in an encoding, that can't be decoded or displayed here. */
public final class UnsupportedImageException extends CodecException {
  private static final long serialVersionUID = 1L;

  public UnsupportedImageException(String reason) {
    super(reason);
  }
}
