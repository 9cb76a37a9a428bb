package org.regionalpacs.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Puts DIMSE messages together from the presentation data values of P-DATA-TF PDUs (PS3.8 9.3.5.1,
 * Annex E). Data sets aren't gathered: they are read from the connection by whoever reads the
 * {@link #dataSet} stream.
 */
final class MessageReader {
  /** Far more than any command needs. */
  private static final int MAX_COMMAND_LENGTH = 64 * 1024;

  /** Values without content, in a row, that are put up with. */
  private static final int MAX_EMPTY_VALUES = 100;

  /** Slower senders, on average over a data set, are cut off: they only hold the line. */
  private static final long MIN_BYTES_PER_SECOND = 256;

  private final Transport transport;
  private final PduReader pdus;
  private final Map<Integer, AcceptedContext> contexts;
  private final Duration dataLimit;

  private int pduRemaining;
  private int valueRemaining;
  private int contextId;
  private boolean isCommand;
  private boolean isLast;
  private int emptyValues;

  /**
   * @param contexts the accepted presentation contexts by id
   * @param dataLimit how long the next PDU inside a message may take
   */
  MessageReader(
      Transport transport,
      PduReader pdus,
      Map<Integer, AcceptedContext> contexts,
      Duration dataLimit) {
    this.transport = transport;
    this.pdus = pdus;
    this.contexts = contexts;
    this.dataLimit = dataLimit;
  }

  /**
   * Waits until the peer starts its next message. To be called when the message before is read to
   * its end.
   *
   * @return false when the peer asks for release instead
   * @throws AssociationAbortedException when the peer aborts instead
   */
  boolean awaitMessage(Duration limit, String what) throws IOException {
    return nextValue(limit, what);
  }

  /** The message whose start {@link #awaitMessage} saw. */
  Message read() throws IOException {
    int id = contextId;
    long waitedBefore = transport.waitedNanos();
    ByteArrayOutputStream command = new ByteArrayOutputStream(256);
    byte[] chunk = new byte[512];
    while (true) {
      if (!isCommand || contextId != id) {
        throw unexpected("a data set fragment where a command was due");
      }
      while (valueRemaining > 0) {
        int count = pdus.read(chunk, 0, Math.min(chunk.length, valueRemaining));
        valueRemaining -= count;
        command.write(chunk, 0, count);
        if (command.size() > MAX_COMMAND_LENGTH) {
          throw invalid("command set of more than " + MAX_COMMAND_LENGTH + " bytes");
        }
      }
      if (isLast) {
        return new Message(contexts.get(id), CommandSet.parse(command.toByteArray()));
      }
      // A command is short: the time for one PDU is enough for all of its fragments.
      Duration waited = Duration.ofNanos(transport.waitedNanos() - waitedBefore);
      if (waited.compareTo(dataLimit) > 0) {
        throw new AssociationTimeoutException("the rest of a command", waited);
      }
      continueMessage("the rest of a command");
    }
  }

  /**
   * The next PDU, whatever it is; what is left of a P-DATA-TF before it is skipped. For when this
   * side has asked for release: data on its way is of no interest any more, but no violation either
   * (PS3.8 9.2.3, AR-6).
   */
  Pdu skipTo(Duration limit, String what) throws IOException {
    byte[] chunk = new byte[8 * 1024];
    for (int left = valueRemaining + pduRemaining; left > 0; ) {
      left -= pdus.read(chunk, 0, Math.min(chunk.length, left));
    }
    valueRemaining = 0;
    Pdu next = pdus.next(limit, what);
    pduRemaining = next instanceof Pdu.DataTransfer(int length) ? length : 0;
    return next;
  }

  /** The data set of a message just read; to be read to its end before anything else. */
  DataSet dataSet(Message message) {
    return new DataSet(message.context().id());
  }

  private void continueMessage(String what) throws IOException {
    if (!nextValue(dataLimit, what)) {
      throw new ProtocolViolationException(
          AbortReason.UNEXPECTED_PDU, "release in the middle of a message");
    }
  }

  /** Goes on to the next presentation data value; false when the peer asks for release. */
  private boolean nextValue(Duration limit, String what) throws IOException {
    if (pduRemaining == 0) {
      switch (pdus.next(limit, what)) {
        case Pdu.DataTransfer(int length) -> pduRemaining = length;
        case Pdu.ReleaseRequest() -> {
          return false;
        }
        case Pdu.Abort(AbortReason reason) -> throw new AssociationAbortedException(reason);
        case AssociateRequest _ -> throw unexpectedPdu("A-ASSOCIATE-RQ");
        case AssociateAccept _ -> throw unexpectedPdu("A-ASSOCIATE-AC");
        case Pdu.AssociateReject _ -> throw unexpectedPdu("A-ASSOCIATE-RJ");
        case Pdu.ReleaseResponse() -> throw unexpectedPdu("A-RELEASE-RP");
      }
    }
    valueHead();
    return true;
  }

  private void valueHead() throws IOException {
    if (pduRemaining < 6) {
      throw invalid("P-DATA-TF with " + pduRemaining + " bytes left for a value");
    }
    long length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length = length << 8 | pdus.requireByte();
    }
    if (length < 2 || length > pduRemaining - Integer.BYTES) {
      throw invalid(
          "presentation data value of length %d in a PDU with %d bytes left"
              .formatted(length, pduRemaining - Integer.BYTES));
    }
    contextId = pdus.requireByte();
    int control = pdus.requireByte();
    isCommand = (control & 1) != 0;
    isLast = (control & 2) != 0;
    pduRemaining -= (int) length + Integer.BYTES;
    valueRemaining = (int) length - 2;
    if (!contexts.containsKey(contextId)) {
      throw invalid("presentation data value of context " + contextId + ", which isn't accepted");
    }
    emptyValues = valueRemaining == 0 && !isLast ? emptyValues + 1 : 0;
    if (emptyValues > MAX_EMPTY_VALUES) {
      throw invalid("endless empty presentation data values");
    }
  }

  private static ProtocolViolationException unexpectedPdu(String pdu) {
    return new ProtocolViolationException(
        AbortReason.UNEXPECTED_PDU, pdu + " while the association stands");
  }

  private static ProtocolViolationException unexpected(String message) {
    return new ProtocolViolationException(AbortReason.UNEXPECTED_PARAMETER, message);
  }

  private static ProtocolViolationException invalid(String message) {
    return new ProtocolViolationException(AbortReason.INVALID_PARAMETER_VALUE, message);
  }

  /** The bytes of one data set, straight from the connection into the reader's array. */
  final class DataSet extends InputStream {
    private final int id;
    private final long waitedBefore = transport.waitedNanos();
    private long length;
    private boolean started;
    private Optional<IOException> failure = Optional.empty();

    private DataSet(int id) {
      this.id = id;
    }

    /** Bytes read so far. */
    long length() {
      return length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      try {
        return count == 0 ? 0 : readValues(target, offset, count);
      } catch (IOException e) {
        failure = Optional.of(e);
        throw e;
      }
    }

    private int readValues(byte[] target, int offset, int count) throws IOException {
      while (!started || valueRemaining == 0) {
        if (started && isLast) {
          return -1;
        }
        requirePace();
        continueMessage("the next part of a data set");
        started = true;
        if (isCommand || contextId != id) {
          throw unexpected("a command or another context's value inside a data set");
        }
      }
      int read = pdus.read(target, offset, Math.min(count, valueRemaining));
      valueRemaining -= read;
      length += read;
      return read;
    }

    private void requirePace() throws AssociationTimeoutException {
      Duration waited = Duration.ofNanos(transport.waitedNanos() - waitedBefore);
      if (waited.compareTo(dataLimit.plusSeconds(length / MIN_BYTES_PER_SECOND)) > 0) {
        throw new AssociationTimeoutException("a data set comes too slowly", waited);
      }
    }

    /**
     * Reads what the handler left unread.
     *
     * @throws AssociationException when the connection failed, now or while the handler read
     */
    void drain() throws IOException {
      byte[] rest = new byte[8 * 1024];
      while (read(rest, 0, rest.length) >= 0) {
        // The peer sends it all before it looks at the response.
      }
    }
  }
}
