package org.regionalpacs.codec;

/**
 * A frame ended the process that coded it: it crashed, took too long or too much memory. The next
 * frame isn't affected; the same one would fail again.
 */
public final class FailedFrameException extends CodecException {
  private static final long serialVersionUID = 1L;

  public FailedFrameException(String reason) {
    super(reason);
  }
}
