package org.regionalpacs.test.otlp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The fields of a message in the wire format of Protocol Buffers, by their numbers. */
final class ProtobufFields {
  private final Map<Integer, List<byte[]>> lengths = new HashMap<>();
  private final Map<Integer, Long> numbers = new HashMap<>();

  static ProtobufFields of(byte[] message) {
    ProtobufFields fields = new ProtobufFields();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint(in);
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case 0 -> fields.numbers.put(field, varint(in));
        case 1 -> fields.numbers.put(field, in.getLong());
        case 2 -> {
          byte[] value = new byte[(int) varint(in)];
          in.get(value);
          fields.lengths.computeIfAbsent(field, _ -> new ArrayList<>()).add(value);
        }
        case 5 -> fields.numbers.put(field, (long) in.getInt());
        default -> throw new IllegalArgumentException("no wire type: " + (tag & 7));
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  /** All messages of a repeated field. */
  List<ProtobufFields> messages(int field) {
    return lengths.getOrDefault(field, List.of()).stream().map(ProtobufFields::of).toList();
  }

  /** Empty when it isn't there. */
  String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  /** Empty when it isn't there. */
  String hex(int field) {
    return HexFormat.of().formatHex(bytes(field));
  }

  private byte[] bytes(int field) {
    return lengths.getOrDefault(field, List.of(new byte[0])).getLast();
  }

  /** 0 when it isn't there. */
  long number(int field) {
    return numbers.getOrDefault(field, 0L);
  }
}
