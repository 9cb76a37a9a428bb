package org.regionalpacs.codec.transcode;

import java.io.IOException;

/** An object can't become what is wanted. The message names no patient. */
public abstract sealed class TranscodingException extends IOException
    permits TranscodingRefusedException, FrameTranscodingException {
  private static final long serialVersionUID = 1L;

  TranscodingException(String reason) {
    super(reason);
  }

  TranscodingException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
