package org.regionalpacs.codec.transcode;

import java.io.IOException;

/**
 * A frame can't be decoded or encoded without losing bits of it. When the target is compressed,
 * nothing was written; else what was is of no use.
 */
public final class FrameTranscodingException extends TranscodingException {
  private static final long serialVersionUID = 1L;

  private final int frame;

  FrameTranscodingException(int frame, IOException cause) {
    super("frame " + frame + ": " + cause.getMessage(), cause);
    this.frame = frame;
  }

  /** Number of the frame, from 1. */
  public int frame() {
    return frame;
  }
}
