package org.regionalpacs.intake;

import java.time.Instant;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.tracing.Stretch;

/** Begins the traces of accepted objects. */
final class ReceptionTraces {
  private final ImageTraces traces;

  ReceptionTraces(ImageTraces traces) {
    this.traces = traces;
  }

  /**
   * An object was accepted. One that was here before has its trace, with another reception at its
   * beginning.
   *
   * @param since when it began to come, by {@link System#nanoTime}
   */
  void accepted(Received received, long since) {
    StorageMessage message = received.message();
    if (!traces.follows(message.receptionId())) {
      return;
    }
    Instant end = Instant.now();
    Stretch stretch =
        new Stretch(
            message.receptionId(),
            received.duplicate() ? "received again" : "received by " + message.source(),
            end.minusNanos(System.nanoTime() - since),
            end,
            ImageFields.attributes(message));
    if (received.duplicate()) {
      traces.went(stretch);
    } else {
      traces.received(stretch);
    }
  }
}
