package org.regionalpacs.wado.transcode;

import java.time.Instant;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.messages.ReceptionId;

/** Records of objects that went out in another transfer syntax, or didn't. */
public final class Conversions {
  private Conversions() {}

  /**
   * A record.
   *
   * @param to the transfer syntax that was wanted
   * @param millis without those that the client took
   * @param bytes that were made
   * @param cause why it wasn't done; empty when it was
   */
  public static ConversionMessage message(
      InstanceObject object,
      String to,
      long millis,
      long bytes,
      ConversionOutcome outcome,
      String cause) {
    return new ConversionMessage(
        ConversionMessage.SCHEMA_VERSION,
        ReceptionId.next(),
        Instant.now(),
        object.tenant(),
        object.study(),
        object.series(),
        object.sop(),
        object.receptionId(),
        object.transferSyntax(),
        to,
        millis,
        object.size(),
        outcome == ConversionOutcome.DONE ? bytes : 0,
        outcome,
        cause);
  }
}
