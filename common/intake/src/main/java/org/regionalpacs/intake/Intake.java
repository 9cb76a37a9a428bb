package org.regionalpacs.intake;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes an object in: data set to the online store, message to Kafka. One instance a process;
 * thread-safe.
 */
public final class Intake {
  Intake() {}

  /**
   * Receives one object. When this returns, file and message are durable.
   *
   * @param reception what is known of it beforehand
   * @param dataSet its data set, without preamble and file meta information, as encoded; read to
   *     its end, not closed
   * @throws IntakeException when the object is refused; nothing of it was kept, unless the reason
   *     is {@link IntakeException.Reason#NOT_PUBLISHED}. The stream may be left unread.
   * @throws IOException when the sender's stream broke; nothing of it was kept
   */
  public Received receive(Reception reception, InputStream dataSet)
      throws IntakeException, IOException {
    throw new UnsupportedOperationException("coming next");
  }
}
