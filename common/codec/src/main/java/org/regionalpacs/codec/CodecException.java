package org.regionalpacs.codec;

import java.io.IOException;

/** The pixels of a frame can't be had. The message names no patient. */
public abstract sealed class CodecException extends IOException
    permits CorruptFrameException,
        UnsupportedImageException,
        FailedFrameException,
        CodecUnavailableException {
  private static final long serialVersionUID = 1L;

  CodecException(String reason) {
    super(reason);
  }

  CodecException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
