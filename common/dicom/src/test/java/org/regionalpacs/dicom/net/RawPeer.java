package org.regionalpacs.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A client that sends whatever bytes a test wants. */
final class RawPeer implements AutoCloseable {
  static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  static final String VERIFICATION = "1.2.840.10008.1.1";
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String MWL = "1.2.840.10008.5.1.4.31";

  private final Socket socket;
  private final DataInputStream in;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawPeer connect(RemoteAe remote) throws IOException {
    return new RawPeer(new Socket(remote.host(), remote.port()));
  }

  /** Contexts: 1 CT, 3 Verification, 5 Modality Worklist (to be refused); maximum PDU 16384. */
  static AssociateRequest request() {
    return request(16_384);
  }

  static AssociateRequest request(long maxPdu) {
    return new AssociateRequest(
        1,
        StoringServer.AE,
        "RAW",
        AssociateRequest.DICOM_APPLICATION_CONTEXT,
        List.of(
            new PresentationContext(1, CT, List.of(IMPLICIT)),
            new PresentationContext(3, VERIFICATION, List.of(IMPLICIT)),
            new PresentationContext(5, MWL, List.of(IMPLICIT))),
        new UserInformation(maxPdu, "1.2.3", "", Optional.empty(), List.of()));
  }

  /** Sends an association request and takes its acceptance. */
  RawPeer associate() throws IOException {
    send(PduEncoder.encode(request()));
    Answer answer = answer();
    if (answer.type() != Pdu.ASSOCIATE_AC) {
      throw new IOException("not accepted: " + answer);
    }
    return this;
  }

  RawPeer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawPeer sendHex(String hex) throws IOException {
    return send(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** A P-DATA-TF of one value. */
  static byte[] data(int context, int control, byte[] content) {
    ByteArrayOutputStream pdu = new ByteArrayOutputStream();
    pdu.writeBytes(new byte[] {4, 0});
    pdu.writeBytes(bigEndian(content.length + 6));
    pdu.writeBytes(bigEndian(content.length + 2));
    pdu.write(context);
    pdu.write(control);
    pdu.writeBytes(content);
    return pdu.toByteArray();
  }

  static byte[] bigEndian(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  static CommandSet storeRequest() {
    return new CommandSet()
        .withUid(CommandElement.AFFECTED_SOP_CLASS_UID, CT)
        .with(CommandElement.COMMAND_FIELD, Command.C_STORE_RQ)
        .with(CommandElement.MESSAGE_ID, 7)
        .with(CommandElement.PRIORITY, 0)
        .with(CommandElement.COMMAND_DATA_SET_TYPE, Command.DATA_SET)
        .withUid(CommandElement.AFFECTED_SOP_INSTANCE_UID, "1.2.3.4");
  }

  static CommandSet echoRequest() {
    return new CommandSet()
        .withUid(CommandElement.AFFECTED_SOP_CLASS_UID, VERIFICATION)
        .with(CommandElement.COMMAND_FIELD, Command.C_ECHO_RQ)
        .with(CommandElement.MESSAGE_ID, 9)
        .with(CommandElement.COMMAND_DATA_SET_TYPE, Command.NO_DATA_SET);
  }

  /**
   * What came back.
   *
   * @param type PDU type; -1 when the connection ended
   */
  record Answer(int type, byte[] body) {
    static final int CLOSED = -1;

    /** In the words of the tests' tables. */
    String text() {
      return switch (type) {
        case CLOSED -> "closed";
        case Pdu.ABORT -> "abort %d %d".formatted(body[2], body[3]);
        case Pdu.ASSOCIATE_RJ -> "reject %d %d %d".formatted(body[1], body[2], body[3]);
        case Pdu.RELEASE_RP -> "released";
        case Pdu.ASSOCIATE_AC -> "accepted";
        case Pdu.DATA_TF -> "data";
        default -> "type " + type;
      };
    }

    /** The command in a P-DATA-TF of one value. */
    CommandSet command() throws IOException {
      return CommandSet.parse(Arrays.copyOfRange(body, 6, body.length));
    }
  }

  /** Waits for the next PDU, or the end. */
  Answer answer() throws IOException {
    try {
      int type = in.read();
      if (type < 0) {
        return new Answer(Answer.CLOSED, new byte[0]);
      }
      in.readByte();
      byte[] body = new byte[in.readInt()];
      in.readFully(body);
      return new Answer(type, body);
    } catch (SocketException e) {
      return new Answer(Answer.CLOSED, new byte[0]);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
