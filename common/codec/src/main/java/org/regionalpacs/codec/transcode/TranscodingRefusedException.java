package org.regionalpacs.codec.transcode;

/** An object of this kind isn't transcoded so. Nothing was written. */
public final class TranscodingRefusedException extends TranscodingException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no decoder of the transfer syntax, or its C library isn't installed. */
    NO_DECODER,
    /** There is no encoder into the transfer syntax, or its C library isn't installed. */
    NO_ENCODER,
    /** There are no frames that could be compressed, or it can't be told where they are. */
    NO_FRAMES,
    /** Frames of video depend on each other. */
    VIDEO,
    /** Numbers with a fraction, for which DICOM has no compression. */
    FLOATING_POINT,
    /** The pixels aren't in the object (PS3.5 8.4). */
    PIXELS_ELSEWHERE,
    /** Attributes of the image, or the quality that is wanted, don't go with a codec. */
    UNSUPPORTED_IMAGE,
    /** Pixel data that isn't compressed has at most 4 GB, and what waits on disk its bound. */
    TOO_LONG,
    /** A frame without its header would contradict that of its object. */
    SHOWN_WRONG
  }

  private final Reason reason;

  TranscodingRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  TranscodingRefusedException(Reason reason, Exception cause) {
    super(cause.getMessage(), cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
