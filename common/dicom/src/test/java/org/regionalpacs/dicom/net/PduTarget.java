package org.regionalpacs.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.regionalpacs.dicom.fuzz.Allocations;

/** Any bytes are PDUs, or refused by an {@link AssociationException}. */
public final class PduTarget {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private PduTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Allocations.bounded(input.length, () -> read(input));
  }

  private static void read(byte[] input) throws IOException {
    try (Transport transport = new Transport(new SocketOver(input), LIMIT)) {
      PduReader reader = new PduReader(transport, 1 << 20, LIMIT);
      while (true) {
        if (reader.next(LIMIT, "a PDU") instanceof Pdu.DataTransfer data) {
          for (int i = 0; i < data.length(); i++) {
            reader.requireByte();
          }
        }
      }
    } catch (AssociationException e) {
      if (e.getMessage().isBlank()) {
        throw new AssertionError("no reason is given", e);
      }
    }
  }

  /** A connection on which the input comes and nothing is sent. */
  private static final class SocketOver extends Socket {
    private final byte[] input;

    SocketOver(byte[] input) {
      this.input = input;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(input);
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void setTcpNoDelay(boolean on) {
      // There is no connection.
    }

    @Override
    public void setSoTimeout(int millis) {
      // There is no connection.
    }
  }
}
