package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;

/** Sends DIMSE messages as P-DATA-TF PDUs of one value each, none longer than the peer takes. */
final class MessageWriter {
  private static final int VALUE_HEAD = 6;
  private static final int HEAD = Pdu.HEADER_LENGTH + VALUE_HEAD;

  /** A peer that takes fewer bytes can't be sent anything: a value needs a head and content. */
  static final int MIN_PEER_PDU = 12;

  /** Longest body sent; longer ones gain nothing. */
  private static final int MAX_BODY = 128 * 1024;

  private static final int COMMAND_FLAG = 1;
  private static final int LAST_FLAG = 2;

  private final Transport transport;
  private final int fragment;

  /**
   * @param peerMaxPdu longest body the peer takes, in bytes; 0 = no limit
   */
  MessageWriter(Transport transport, long peerMaxPdu) {
    this.transport = transport;
    long body = peerMaxPdu == 0 ? MAX_BODY : Math.min(peerMaxPdu, MAX_BODY);
    // Fragments have even length (PS3.8 E.2).
    this.fragment = (int) (body - VALUE_HEAD) & ~1;
  }

  void writeCommand(int contextId, CommandSet command) throws IOException {
    byte[] bytes = command.encode();
    byte[] pdu = new byte[HEAD + Math.min(fragment, bytes.length)];
    for (int from = 0; from < bytes.length; from += fragment) {
      int count = Math.min(fragment, bytes.length - from);
      System.arraycopy(bytes, from, pdu, HEAD, count);
      boolean last = from + count == bytes.length;
      write(pdu, count, contextId, COMMAND_FLAG | (last ? LAST_FLAG : 0));
    }
  }

  /**
   * Sends a data set.
   *
   * @return its length in bytes
   */
  long writeDataSet(int contextId, InputStream dataSet) throws IOException {
    byte[] pdu = new byte[HEAD + fragment];
    long total = 0;
    boolean last = false;
    // The last fragment is marked as such, so one byte is read ahead.
    int ahead = dataSet.read();
    while (!last) {
      int count = 0;
      if (ahead >= 0) {
        pdu[HEAD] = (byte) ahead;
        count = 1 + dataSet.readNBytes(pdu, HEAD + 1, fragment - 1);
        ahead = count == fragment ? dataSet.read() : -1;
      }
      last = ahead < 0;
      total += count;
      if (last && count % 2 != 0) {
        // Deflated data sets may end odd (PS3.5 A.5), broken files too; a value may not.
        pdu[HEAD + count++] = 0;
      }
      write(pdu, count, contextId, last ? LAST_FLAG : 0);
    }
    return total;
  }

  private void write(byte[] pdu, int count, int contextId, int control) throws IOException {
    pdu[0] = Pdu.DATA_TF;
    putInt(pdu, 2, VALUE_HEAD + count);
    putInt(pdu, Pdu.HEADER_LENGTH, 2 + count);
    pdu[10] = (byte) contextId;
    pdu[11] = (byte) control;
    transport.write(pdu, 0, HEAD + count);
  }

  private static void putInt(byte[] target, int offset, int value) {
    target[offset] = (byte) (value >>> 24);
    target[offset + 1] = (byte) (value >>> 16);
    target[offset + 2] = (byte) (value >>> 8);
    target[offset + 3] = (byte) value;
  }
}
