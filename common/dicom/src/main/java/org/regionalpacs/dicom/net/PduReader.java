package org.regionalpacs.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** Reads PDUs off a connection. Never allocates by a length that a peer merely claims. */
final class PduReader {
  /** Enough for 128 contexts with a hundred transfer syntaxes each. */
  private static final int MAX_ASSOCIATE_LENGTH = 1 << 20;

  private static final int CHUNK = 8 * 1024;

  private final Transport transport;
  private final int maxDataLength;
  private final Duration pduLimit;

  /**
   * @param maxDataLength longest body of a P-DATA-TF that is taken, in bytes
   * @param pduLimit how long the rest of a PDU may take to arrive once its first byte has
   */
  PduReader(Transport transport, int maxDataLength, Duration pduLimit) {
    this.transport = transport;
    this.maxDataLength = maxDataLength;
    this.pduLimit = pduLimit;
  }

  /**
   * Waits for the next PDU. Of a {@link Pdu.DataTransfer} only the head is read.
   *
   * @param limit how long its first byte may take
   * @param what what is awaited, for the message of a timeout
   * @throws ConnectionLostException when the connection ended
   * @throws ProtocolViolationException when this is no PDU, or its length is wrong
   */
  Pdu next(Duration limit, String what) throws IOException {
    transport.await(limit, what);
    int type = transport.read();
    if (type < 0) {
      throw new ConnectionLostException("connection closed by the peer");
    }
    transport.await(pduLimit, "the rest of a PDU");
    requireByte(); // reserved
    long length =
        (long) requireByte() << 24 | requireByte() << 16 | requireByte() << 8 | requireByte();
    return switch (type) {
      case Pdu.ASSOCIATE_RQ -> new AssociatePduParser(associateBody(length)).request();
      case Pdu.ASSOCIATE_AC -> new AssociatePduParser(associateBody(length)).accept();
      case Pdu.DATA_TF -> new Pdu.DataTransfer(dataLength(length));
      case Pdu.ASSOCIATE_RJ, Pdu.RELEASE_RQ, Pdu.RELEASE_RP, Pdu.ABORT -> fixed(type, length);
      default ->
          throw new ProtocolViolationException(
              AbortReason.UNRECOGNIZED_PDU, "unknown PDU type 0x%02X".formatted(type));
    };
  }

  private Pdu fixed(int type, long length) throws IOException {
    if (length != Pdu.Fixed.BODY_LENGTH) {
      throw invalid("PDU of type %d with length %d".formatted(type, length));
    }
    requireByte(); // reserved
    int first = requireByte();
    int second = requireByte();
    int third = requireByte();
    return switch (type) {
      case Pdu.ASSOCIATE_RJ -> new Pdu.AssociateReject(first, second, third);
      case Pdu.RELEASE_RQ -> new Pdu.ReleaseRequest();
      case Pdu.RELEASE_RP -> new Pdu.ReleaseResponse();
      default -> new Pdu.Abort(AbortReason.of(second, third));
    };
  }

  private int dataLength(long length) throws ProtocolViolationException {
    if (length == 0 || length > maxDataLength) {
      throw invalid("P-DATA-TF with length " + length);
    }
    return (int) length;
  }

  private byte[] associateBody(long length) throws IOException {
    if (length > MAX_ASSOCIATE_LENGTH) {
      throw invalid("association PDU with length " + length);
    }
    var body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    while (body.size() < length) {
      int count = transport.read(chunk, 0, (int) Math.min(CHUNK, length - body.size()));
      if (count < 0) {
        throw truncated();
      }
      body.write(chunk, 0, count);
    }
    return body.toByteArray();
  }

  /** The next byte of the body of a P-DATA-TF. */
  int requireByte() throws IOException {
    int value = transport.read();
    if (value < 0) {
      throw truncated();
    }
    return value;
  }

  /** At least one byte of the body of a P-DATA-TF. */
  int read(byte[] target, int offset, int length) throws IOException {
    int count = transport.read(target, offset, length);
    if (count < 0) {
      throw truncated();
    }
    return count;
  }

  private static ConnectionLostException truncated() {
    return new ConnectionLostException("connection closed by the peer in the middle of a PDU");
  }

  private static ProtocolViolationException invalid(String message) {
    return new ProtocolViolationException(AbortReason.INVALID_PARAMETER_VALUE, message);
  }
}
