package org.regionalpacs.codec;

/** A frame can't be coded just now, for a reason that lies outside of it: try again later. */
public final class CodecUnavailableException extends CodecException {
  private static final long serialVersionUID = 1L;

  public CodecUnavailableException(String reason) {
    super(reason);
  }

  public CodecUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
