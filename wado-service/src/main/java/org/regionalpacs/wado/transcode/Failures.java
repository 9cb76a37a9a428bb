package org.regionalpacs.wado.transcode;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.transcode.FrameTranscodingException;
import org.regionalpacs.codec.transcode.TranscodingRefusedException;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.UnavailableException;

/** The one table from a transcoding that failed to its outcome and answer. */
public final class Failures {
  static final List<String> AS_STORED = List.of("transfer-syntax=* (as it is stored)");

  private Failures() {}

  /** For records and metrics. */
  static ConversionOutcome outcome(Exception failure) {
    return switch (failure) {
      case ClientAbortException _, CloseNowException _ -> ConversionOutcome.CANCELLED;
      case TranscodingRefusedException _, NotAcceptableException _ -> ConversionOutcome.REFUSED;
      default -> ConversionOutcome.FAILED;
    };
  }

  /** Why, for records; it names no patient. */
  static String cause(Exception failure) {
    return switch (failure) {
      case ClientAbortException _, CloseNowException _ -> "client went away";
      case TranscodingRefusedException _,
          FrameTranscodingException _,
          CodecException _,
          DicomFormatException _,
          NotAcceptableException _,
          UnavailableException _ ->
          failure.getMessage();
      default -> failure.getClass().getSimpleName();
    };
  }

  /**
   * What the client is answered: 406 when it never can be transcoded, 503 when it can't be now.
   *
   * @param wanted the transfer syntax
   * @return a failure of another kind, as it is
   * @throws NotAcceptableException when it never can be
   * @throws UnavailableException when it can't be now
   */
  public static IOException asAnswer(IOException failure, String wanted) {
    return switch (failure) {
      case CodecUnavailableException _ -> throw later(failure);
      case FrameTranscodingException frame
          when frame.getCause() instanceof CodecUnavailableException cause ->
          throw later(cause);
      case TranscodingRefusedException _, FrameTranscodingException _, CodecException _ ->
          throw never(wanted, failure.getMessage());
      case DicomFormatException _ -> throw never(wanted, "it can't be read to its end");
      default -> failure;
    };
  }

  private static NotAcceptableException never(String wanted, String reason) {
    return new NotAcceptableException(
        "It can't be sent in %s: %s".formatted(wanted, reason), AS_STORED);
  }

  private static UnavailableException later(Exception cause) {
    return new UnavailableException(
        "It can't be transcoded just now: %s.".formatted(cause.getMessage()), cause);
  }
}
