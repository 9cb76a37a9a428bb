package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers to peers that break the protocol; and that it serves the next one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedPduTest {
  private static final String UNRECOGNIZED = "abort 2 1";
  private static final String UNEXPECTED = "abort 2 2";
  private static final String UNEXPECTED_PARAMETER = "abort 2 5";
  private static final String INVALID = "abort 2 6";
  private static final String TIMED_OUT = "abort 2 0";
  private static final String CLOSED = "closed";

  /** Closed when time is up. */
  private static final String CLOSED_LATE = "closed in the end";

  private static final int COMMAND = 1;
  private static final int LAST_COMMAND = 3;
  private static final int DATA = 0;
  private static final int LAST_DATA = 2;

  /** Patient: what is answered at once must not time out on a busy machine. */
  private StoringServer server;

  private StoringServer hurried;

  @BeforeAll
  void start() throws IOException {
    server = StoringServer.start();
    hurried = StoringServer.start(ServerOptions.onLoopback().withTimeouts(StoringServer.QUICK));
  }

  @AfterAll
  void stop() {
    server.close();
    hurried.close();
  }

  private StoringServer answering(String answer) {
    return answer.equals(TIMED_OUT) || answer.equals(CLOSED_LATE) ? hurried : server;
  }

  static Stream<Arguments> beforeAssociation() {
    return Stream.of(
        arguments("nothing at all", "", CLOSED_LATE),
        arguments("one byte, then nothing", "01", CLOSED_LATE),
        arguments("half a PDU head", "01 00 00", CLOSED_LATE),
        arguments("an HTTP request", hex("GET / HTTP/1.1\r\n\r\n".getBytes()), UNRECOGNIZED),
        arguments("PDU type 0", "00 00 00000004 00000000", UNRECOGNIZED),
        arguments("PDU type 8", "08 00 00000004 00000000", UNRECOGNIZED),
        arguments("PDU type FF with a huge length", "FF 00 FFFFFFFF", UNRECOGNIZED),
        arguments("data", hex(RawPeer.data(1, LAST_COMMAND, new byte[8])), UNEXPECTED),
        arguments("a release request", "05 00 00000004 00000000", UNEXPECTED),
        arguments("a release response", "06 00 00000004 00000000", UNEXPECTED),
        arguments("an abort", "07 00 00000004 00000000", CLOSED),
        arguments("a rejection", "03 00 00000004 00010101", UNEXPECTED),
        arguments("an acceptance", hex(accept()), UNEXPECTED),
        arguments("a request of 2 GB", "01 00 80000000", INVALID),
        arguments("a request of 4 GB", "01 00 FFFFFFFF 0001", INVALID),
        arguments("an empty request", "01 00 00000000", INVALID),
        arguments("a request of 67 bytes", "01 00 00000043" + "00".repeat(67), INVALID),
        arguments("a request that is cut", hex(request(), 40), CLOSED_LATE),
        arguments(
            "a request without items",
            "01 00 00000044" + hex(request()).substring(12, 148),
            "reject 1 1 2"),
        arguments("an item longer than the PDU", replaced("10000015", "1000FFFF"), INVALID),
        arguments("an item shorter than its UID", replaced("10000015", "10000014"), INVALID),
        arguments("a context of two bytes", withItem("20 00 0002 0700"), INVALID),
        arguments("an even context id", withItem(context(2)), INVALID),
        arguments("context id 0", withItem(context(0)), INVALID),
        arguments("a context id twice", withItem(context(1)), INVALID),
        arguments("a context without abstract syntax", withItem("20 00 0004 07000000"), INVALID),
        arguments("a maximum length of one byte", withItem("50 00 0005 51 00 0001 00"), INVALID),
        arguments(
            "a role selection without end", withItem("50 00 0008 54 00 0004 00FF3131"), INVALID),
        arguments(
            "an extended negotiation without end",
            withItem("50 00 0008 56 00 0004 00FF3131"),
            INVALID),
        arguments("an empty extended negotiation", withItem("50 00 0004 56 00 0000"), INVALID),
        arguments(
            "a common extended negotiation that is cut",
            withItem("50 00 000B 57 00 0007 0001 31 0001 31 00"),
            INVALID),
        arguments(
            "a common extended negotiation with a related class without end",
            withItem("50 00 000E 57 00 000A 0001 31 0001 31 0002 00FF"),
            INVALID),
        arguments(
            "a user identity without its passcode's length",
            withItem("50 00 0009 58 00 0005 02 01 0001 41"),
            INVALID),
        arguments(
            "a user identity with a name without end",
            withItem("50 00 0009 58 00 0005 01 01 FFFF 41"),
            INVALID),
        arguments("an operations window of a byte", withItem("50 00 0005 53 00 0001 01"), INVALID),
        arguments(
            "a user identity of a type nobody knows",
            withItem("50 00 000B 58 00 0007 63 01 0001 41 0000"),
            "accepted"),
        arguments("protocol version 2", replacedAt(12, "00020000"), "reject 1 2 2"),
        arguments(
            "another application context",
            replaced("332e312e312e31", "332e312e312e32"),
            "reject 1 1 2"),
        arguments("another called AE title", hex(request("OTHER", "RAW", 16_384)), "reject 1 1 7"),
        arguments("an empty called AE title", hex(request("", "RAW", 16_384)), "reject 1 1 7"),
        arguments("an empty calling AE title", hex(request("ARCHIVE", "", 16_384)), "reject 1 1 3"),
        arguments(
            "a control character in the calling AE title",
            hex(request("ARCHIVE", "A\u0007", 16_384)),
            "reject 1 1 3"),
        arguments(
            "a backslash in the calling AE title",
            hex(request("ARCHIVE", "A\\B", 16_384)),
            "reject 1 1 3"),
        arguments("a maximum PDU of 1", hex(request("ARCHIVE", "RAW", 1)), "reject 1 2 1"),
        arguments("a maximum PDU of 11", hex(request("ARCHIVE", "RAW", 11)), "reject 1 2 1"),
        arguments("a maximum PDU of 6", hex(request("ARCHIVE", "RAW", 6)), "reject 1 2 1"),
        arguments("a maximum PDU of 12", hex(request("ARCHIVE", "RAW", 12)), "accepted"),
        arguments("an unknown item", withItem("77 00 0002 0000"), "accepted"),
        arguments("an unknown user sub-item", withItem("50 00 0006 7F 00 0002 0000"), "accepted"));
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @MethodSource("beforeAssociation")
  void givenNoAssociation_whenSent_thenAnsweredSo(String what, String hex, String answer)
      throws IOException {
    StoringServer asked = answering(answer);
    try (RawPeer peer = RawPeer.connect(asked.remote())) {
      peer.sendHex(hex);
      assertThat(peer.answer().text()).isEqualTo(answer.equals(CLOSED_LATE) ? CLOSED : answer);
    }
    assertServesOthers(asked);
  }

  static Stream<Arguments> inAssociation() {
    return Stream.of(
        arguments("nothing more", bytes(), TIMED_OUT),
        arguments("half a PDU head", bytes(4, 0, 0), TIMED_OUT),
        arguments("an unknown PDU", bytes(9, 0, 0, 0, 0, 4, 0, 0, 0, 0), UNRECOGNIZED),
        arguments("a second request", request(), UNEXPECTED),
        arguments("an acceptance", accept(), UNEXPECTED),
        arguments("a rejection", bytes(3, 0, 0, 0, 0, 4, 0, 1, 1, 1), UNEXPECTED),
        arguments("a release response", bytes(6, 0, 0, 0, 0, 4, 0, 0, 0, 0), UNEXPECTED),
        arguments("a release", bytes(5, 0, 0, 0, 0, 4, 0, 0, 0, 0), "released"),
        arguments("a release of length 5", bytes(5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0), INVALID),
        arguments("an abort", bytes(7, 0, 0, 0, 0, 4, 0, 0, 0, 0), CLOSED),
        arguments("an abort of length 0", bytes(7, 0, 0, 0, 0, 0), INVALID),
        arguments("an empty P-DATA-TF", bytes(4, 0, 0, 0, 0, 0), INVALID),
        arguments("a P-DATA-TF of 2 GB", bytes(4, 0, 0x80, 0, 0, 0, 1), INVALID),
        arguments("a P-DATA-TF of 4 GB", bytes(4, 0, 0xFF, 0xFF, 0xFF, 0xFF), INVALID),
        arguments("a P-DATA-TF of 3 bytes", bytes(4, 0, 0, 0, 0, 3, 0, 0, 0), INVALID),
        arguments("a value of length 0", bytes(4, 0, 0, 0, 0, 6, 0, 0, 0, 0, 1, 3), INVALID),
        arguments("a value of length 1", bytes(4, 0, 0, 0, 0, 6, 0, 0, 0, 1, 1, 3), INVALID),
        arguments(
            "a value longer than its PDU", bytes(4, 0, 0, 0, 0, 6, 0, 0, 0, 9, 1, 3), INVALID),
        arguments("a value of 4 GB", bytes(4, 0, 0, 0, 0, 6, 255, 255, 255, 255, 1, 3), INVALID),
        arguments("crumbs behind a value", join(crumbs()), INVALID),
        arguments("a context never proposed", RawPeer.data(7, LAST_COMMAND, echo()), INVALID),
        arguments("a context that was refused", RawPeer.data(5, LAST_COMMAND, echo()), INVALID),
        arguments("an even context", RawPeer.data(2, LAST_COMMAND, echo()), INVALID),
        arguments(
            "a data set without a command",
            RawPeer.data(1, LAST_DATA, new byte[8]),
            UNEXPECTED_PARAMETER),
        arguments(
            "a command in two contexts",
            join(
                RawPeer.data(1, COMMAND, part(store(), 0, 8)),
                RawPeer.data(3, LAST_COMMAND, part(store(), 8, 999))),
            UNEXPECTED_PARAMETER),
        arguments(
            "a data set inside a command",
            join(
                RawPeer.data(1, COMMAND, part(store(), 0, 8)),
                RawPeer.data(1, LAST_DATA, new byte[2])),
            UNEXPECTED_PARAMETER),
        arguments("an empty command", RawPeer.data(1, LAST_COMMAND, new byte[0]), INVALID),
        arguments(
            "a command that is cut", RawPeer.data(1, LAST_COMMAND, part(store(), 0, 30)), INVALID),
        arguments(
            "a command of another group",
            RawPeer.data(1, LAST_COMMAND, bytes(8, 0, 0, 1, 2, 0, 0, 0, 1, 0)),
            INVALID),
        arguments(
            "a command with a length of 4 GB",
            RawPeer.data(1, LAST_COMMAND, bytes(0, 0, 0, 1, 255, 255, 255, 255)),
            INVALID),
        arguments(
            "a command without end",
            join(repeat(RawPeer.data(1, COMMAND, new byte[8000]), 10)),
            INVALID),
        arguments(
            "empty values without end",
            join(repeat(RawPeer.data(1, COMMAND, new byte[0]), 200)),
            INVALID),
        arguments(
            "a response to nothing",
            RawPeer.data(3, LAST_COMMAND, echoResponse()),
            UNEXPECTED_PARAMETER),
        arguments(
            "half a command, then nothing",
            RawPeer.data(1, COMMAND, part(store(), 0, 8)),
            TIMED_OUT),
        arguments(
            "a command without its data set", RawPeer.data(1, LAST_COMMAND, store()), TIMED_OUT),
        arguments(
            "a data set that stops",
            join(storeHead(), RawPeer.data(1, DATA, new byte[8])),
            TIMED_OUT),
        arguments(
            "a data set in another context",
            join(storeHead(), RawPeer.data(3, LAST_DATA, new byte[8])),
            UNEXPECTED_PARAMETER),
        arguments(
            "a command inside a data set",
            join(storeHead(), RawPeer.data(1, LAST_COMMAND, store())),
            UNEXPECTED_PARAMETER),
        arguments(
            "a release inside a data set",
            join(storeHead(), bytes(5, 0, 0, 0, 0, 4, 0, 0, 0, 0)),
            UNEXPECTED),
        arguments("a request inside a data set", join(storeHead(), request()), UNEXPECTED),
        arguments(
            "an unknown PDU inside a data set",
            join(storeHead(), bytes(0x50, 0, 0, 0, 0, 0)),
            UNRECOGNIZED),
        arguments(
            "an abort inside a data set",
            join(storeHead(), bytes(7, 0, 0, 0, 0, 4, 0, 0, 0, 0)),
            CLOSED),
        arguments(
            "empty values in a data set without end",
            join(storeHead(), join(repeat(RawPeer.data(1, DATA, new byte[0]), 200))),
            INVALID),
        arguments(
            "an operation nobody knows", RawPeer.data(1, LAST_COMMAND, unknownOperation()), "data"),
        arguments(
            "a cancel of nothing, then a release",
            join(RawPeer.data(1, LAST_COMMAND, cancel()), bytes(5, 0, 0, 0, 0, 4, 0, 0, 0, 0)),
            "released"));
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @MethodSource("inAssociation")
  void givenAnAssociation_whenSent_thenAnsweredSo(String what, byte[] sent, String answer)
      throws IOException {
    StoringServer asked = answering(answer);
    try (RawPeer peer = RawPeer.connect(asked.remote()).associate()) {
      peer.send(sent);
      assertThat(peer.answer().text()).isEqualTo(answer);
    }
    assertServesOthers(asked);
  }

  @ParameterizedTest(name = "cut after {0} bytes")
  @ValueSource(ints = {1, 5, 6, 11, 12, 100, 140, 160})
  void givenAStore_whenTheConnectionIsCutAnywhere_thenNothingIsStored(int length)
      throws IOException {
    int before = server.stored.size();
    try (RawPeer peer = RawPeer.connect(server.remote()).associate()) {
      byte[] message = join(storeHead(), RawPeer.data(1, LAST_DATA, new byte[100]));
      peer.send(Arrays.copyOf(message, length)).endOutput();
      assertThat(peer.answer().text()).isEqualTo(CLOSED);
    }
    assertThat(server.stored).hasSize(before);
    assertServesOthers(server);
  }

  private static void assertServesOthers(StoringServer server) throws IOException {
    try (StoreScu scu =
        StoreScu.open(
            server.remote(),
            "OTHER",
            List.of(ProposedContext.of(RawPeer.VERIFICATION, RawPeer.IMPLICIT)),
            ScuOptions.DEFAULT)) {
      assertThat(scu.echo()).isZero();
    }
  }

  private static byte[] request() {
    return PduEncoder.encode(RawPeer.request());
  }

  private static byte[] request(String called, String calling, long maxPdu) {
    AssociateRequest usual = RawPeer.request(maxPdu);
    return PduEncoder.encode(
        new AssociateRequest(
            1, called, calling, usual.applicationContext(), usual.contexts(), usual.user()));
  }

  private static byte[] accept() {
    return PduEncoder.encode(
        new AssociateAccept(
            "ARCHIVE",
            "RAW",
            List.of(new ContextAnswer(1, ContextAnswer.Result.ACCEPTANCE, RawPeer.IMPLICIT)),
            new UserInformation(0, "1.2.3", "", Optional.empty(), List.of())));
  }

  private static String replaced(String from, String to) {
    String hex = hex(request());
    assertThat(hex).containsIgnoringCase(from);
    return hex.replaceFirst("(?i)" + from, to);
  }

  private static String replacedAt(int at, String to) {
    String hex = hex(request());
    return hex.substring(0, at) + to + hex.substring(at + to.length());
  }

  /** The usual request with one more item at its end. */
  private static String withItem(String item) {
    String body = hex(request()).substring(12) + item.replace(" ", "");
    return "0100%08x".formatted(body.length() / 2) + body;
  }

  private static String context(int id) {
    return "20 00 0015 %02x000000 30 00 0005 312e322e33 40 00 0004 312e3200".formatted(id);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(byte[] bytes, int length) {
    return hex(Arrays.copyOf(bytes, length));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] crumbs() {
    byte[] pdu = Arrays.copyOf(RawPeer.data(3, COMMAND, new byte[8]), 6 + 6 + 8 + 3);
    pdu[5] += 3;
    return pdu;
  }

  private static byte[] store() {
    return RawPeer.storeRequest().encode();
  }

  private static byte[] storeHead() {
    return RawPeer.data(1, LAST_COMMAND, store());
  }

  private static byte[] echo() {
    return RawPeer.echoRequest().encode();
  }

  private static byte[] echoResponse() {
    return RawPeer.echoRequest().response(0).encode();
  }

  private static byte[] unknownOperation() {
    return RawPeer.echoRequest().with(CommandElement.COMMAND_FIELD, 0x0020).encode();
  }

  private static byte[] cancel() {
    return RawPeer.echoRequest().with(CommandElement.COMMAND_FIELD, 0x0FFF).encode();
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, Math.min(to, bytes.length));
  }

  private static byte[][] repeat(byte[] bytes, int times) {
    byte[][] all = new byte[times][];
    Arrays.fill(all, bytes);
    return all;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
