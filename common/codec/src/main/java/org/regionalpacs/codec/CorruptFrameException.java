package org.regionalpacs.codec;

/** The bytes of a frame aren't what its description and transfer syntax promise. */
public final class CorruptFrameException extends CodecException {
  private static final long serialVersionUID = 1L;

  public CorruptFrameException(String reason) {
    super(reason);
  }

  public CorruptFrameException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
