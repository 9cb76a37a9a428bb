package org.regionalpacs.dicom.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The command part of a DIMSE message: group 0000 in Implicit VR Little Endian (PS3.7 6.3.1). Only
 * numbers of two bytes and text occur in it.
 */
final class CommandSet {
  private static final int ELEMENT_HEAD = 8;

  private final SortedMap<Integer, byte[]> elements = new TreeMap<>();

  /**
   * Reads a command set.
   *
   * @throws ProtocolViolationException when it can't be read or has no Command Field
   */
  static CommandSet parse(byte[] bytes) throws ProtocolViolationException {
    CommandSet command = new CommandSet();
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      if (in.remaining() < ELEMENT_HEAD) {
        throw invalid("command set ends in the middle of an element");
      }
      int group = in.getShort() & 0xFFFF;
      int element = in.getShort() & 0xFFFF;
      int length = in.getInt();
      if (group != 0 || length < 0 || length > in.remaining()) {
        throw invalid(
            "command set with element (%04X,%04X) of length %d".formatted(group, element, length));
      }
      byte[] value = new byte[length];
      in.get(value);
      command.elements.put(element, value);
    }
    if (command.number(CommandElement.COMMAND_FIELD).isEmpty()) {
      throw invalid("command set without Command Field");
    }
    return command;
  }

  private static ProtocolViolationException invalid(String message) {
    return new ProtocolViolationException(AbortReason.INVALID_PARAMETER_VALUE, message);
  }

  /** The bytes on the wire, group length included. */
  byte[] encode() {
    int length = elements.values().stream().mapToInt(v -> ELEMENT_HEAD + v.length).sum();
    ByteBuffer out =
        ByteBuffer.allocate(ELEMENT_HEAD + Integer.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    byte[] groupLength =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
    encode(out, CommandElement.GROUP_LENGTH.number(), groupLength);
    elements.forEach((element, value) -> encode(out, element, value));
    return out.array();
  }

  private static void encode(ByteBuffer out, int element, byte[] value) {
    out.putShort((short) 0).putShort((short) element).putInt(value.length).put(value);
  }

  CommandSet with(CommandElement element, int number) {
    elements.put(element.number(), new byte[] {(byte) number, (byte) (number >>> 8)});
    return this;
  }

  /** A UID: padded to even length by NUL. */
  CommandSet withUid(CommandElement element, String uid) {
    return withText(element, uid, (byte) 0);
  }

  /** Other text: padded to even length by a space. */
  CommandSet withText(CommandElement element, String text) {
    return withText(element, text, (byte) ' ');
  }

  private CommandSet withText(CommandElement element, String text, byte padding) {
    byte[] value = text.getBytes(StandardCharsets.US_ASCII);
    if (value.length % 2 != 0) {
      value = Arrays.copyOf(value, value.length + 1);
      value[value.length - 1] = padding;
    }
    elements.put(element.number(), value);
    return this;
  }

  OptionalInt number(CommandElement element) {
    byte[] value = elements.get(element.number());
    return value == null || value.length < 2
        ? OptionalInt.empty()
        : OptionalInt.of(value[0] & 0xFF | (value[1] & 0xFF) << 8);
  }

  /** The text without padding; empty when absent or blank. */
  Optional<String> text(CommandElement element) {
    return Optional.ofNullable(elements.get(element.number()))
        .map(value -> new String(value, StandardCharsets.ISO_8859_1))
        .map(text -> text.replace('\0', ' ').strip())
        .filter(text -> !text.isEmpty());
  }

  int commandField() {
    return number(CommandElement.COMMAND_FIELD).orElse(0);
  }

  int messageId() {
    return number(CommandElement.MESSAGE_ID).orElse(0);
  }

  boolean hasDataSet() {
    return number(CommandElement.COMMAND_DATA_SET_TYPE).orElse(Command.NO_DATA_SET)
        != Command.NO_DATA_SET;
  }

  /** A response to this request, without a data set. The UIDs are repeated from the request. */
  CommandSet response(int status) {
    CommandSet response =
        new CommandSet()
            .with(CommandElement.COMMAND_FIELD, commandField() | Command.RESPONSE)
            .with(CommandElement.MESSAGE_ID_BEING_RESPONDED_TO, messageId())
            .with(CommandElement.COMMAND_DATA_SET_TYPE, Command.NO_DATA_SET)
            .with(CommandElement.STATUS, status);
    repeat(CommandElement.AFFECTED_SOP_CLASS_UID, response);
    repeat(CommandElement.AFFECTED_SOP_INSTANCE_UID, response);
    return response;
  }

  private void repeat(CommandElement element, CommandSet response) {
    text(element).ifPresent(uid -> response.withUid(element, uid));
  }
}
