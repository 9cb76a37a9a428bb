package org.regionalpacs.dicom.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Between the bytes of a value and what they mean (PS3.5 6.2). */
final class ElementValues {
  private ElementValues() {}

  static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static List<String> strings(byte[] bytes, VR vr, boolean bigEndian, Attributes dataSet) {
    if (bytes.length == 0) {
      return List.of();
    }
    return switch (vr.kind()) {
      case ASCII -> split(ascii(bytes), vr);
      case TEXT -> split(dataSet.decode(bytes, vr), vr);
      case INTEGER, FLOAT -> numbers(bytes, vr, bigEndian);
      case BYTES -> vr == VR.UN ? split(dataSet.decode(bytes, vr), vr) : List.of();
      case SEQUENCE -> List.of();
    };
  }

  private static List<String> split(String text, VR vr) {
    if (!vr.isMultiValued()) {
      String value = stripTrailing(text);
      return value.isEmpty() ? List.of() : List.of(value);
    }
    if (text.indexOf('\\') < 0) {
      String value = strip(text);
      return value.isEmpty() ? List.of() : List.of(value);
    }
    List<String> values = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\\'); end >= 0; end = text.indexOf('\\', start)) {
      values.add(strip(text.substring(start, end)));
      start = end + 1;
    }
    values.add(strip(text.substring(start)));
    return values;
  }

  private static boolean isPadding(char c) {
    return c == ' ' || c == 0;
  }

  private static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isPadding(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (end > start && isPadding(text.charAt(end - 1))) {
      end--;
    }
    while (start < end && isPadding(text.charAt(start))) {
      start++;
    }
    return text.substring(start, end);
  }

  private static List<String> numbers(byte[] bytes, VR vr, boolean bigEndian) {
    int count = bytes.length / vr.valueSize();
    List<String> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = i * vr.valueSize();
      values.add(
          switch (vr) {
            case AT -> Tag.toHex(tagAt(bytes, at, bigEndian));
            case UV -> Long.toUnsignedString(ByteOrder.int64(bytes, at, bigEndian));
            case FL -> Float.toString(Float.intBitsToFloat(ByteOrder.int32(bytes, at, bigEndian)));
            case FD -> Double.toString(doubleAt(bytes, at, vr, bigEndian));
            default -> Long.toString(longAt(bytes, at, vr, bigEndian));
          });
    }
    return values;
  }

  private static int tagAt(byte[] bytes, int at, boolean bigEndian) {
    return ByteOrder.uint16(bytes, at, bigEndian) << 16
        | ByteOrder.uint16(bytes, at + 2, bigEndian);
  }

  static long longAt(byte[] bytes, int at, VR vr, boolean bigEndian) {
    return switch (vr) {
      case US -> ByteOrder.uint16(bytes, at, bigEndian);
      case SS -> (short) ByteOrder.uint16(bytes, at, bigEndian);
      case UL -> Integer.toUnsignedLong(ByteOrder.int32(bytes, at, bigEndian));
      case SL -> ByteOrder.int32(bytes, at, bigEndian);
      case SV, UV -> ByteOrder.int64(bytes, at, bigEndian);
      case AT -> Integer.toUnsignedLong(tagAt(bytes, at, bigEndian));
      default -> (long) doubleAt(bytes, at, vr, bigEndian);
    };
  }

  private static double doubleAt(byte[] bytes, int at, VR vr, boolean bigEndian) {
    return switch (vr) {
      case FL -> Float.intBitsToFloat(ByteOrder.int32(bytes, at, bigEndian));
      case FD -> Double.longBitsToDouble(ByteOrder.int64(bytes, at, bigEndian));
      default -> longAt(bytes, at, vr, bigEndian);
    };
  }

  static double[] doubles(byte[] bytes, VR vr, boolean bigEndian) {
    if (vr.kind() == VR.Kind.INTEGER || vr.kind() == VR.Kind.FLOAT) {
      double[] numbers = new double[bytes.length / vr.valueSize()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = doubleAt(bytes, i * vr.valueSize(), vr, bigEndian);
      }
      return numbers;
    }
    if (!vr.isString() || bytes.length == 0) {
      return new double[0];
    }
    List<String> strings = split(ascii(bytes), vr);
    double[] numbers = new double[strings.size()];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Double.parseDouble(strings.get(i));
      } catch (NumberFormatException e) {
        return Arrays.copyOf(numbers, i);
      }
    }
    return numbers;
  }

  static OptionalLong firstLong(byte[] bytes, VR vr, boolean bigEndian) {
    if (vr.kind() == VR.Kind.INTEGER && bytes.length >= vr.valueSize()) {
      return OptionalLong.of(longAt(bytes, 0, vr, bigEndian));
    }
    double[] numbers = doubles(bytes, vr, bigEndian);
    return numbers.length == 0 ? OptionalLong.empty() : OptionalLong.of((long) numbers[0]);
  }

  /** A decimal string of at most 16 characters (PS3.5 6.2, DS). */
  static String decimal(double number) {
    String text = Double.toString(number);
    if (text.endsWith(".0")) {
      text = text.substring(0, text.length() - 2);
    }
    for (int digits = 15; text.length() > 16 && digits > 0; digits--) {
      text = new java.math.BigDecimal(number).round(new java.math.MathContext(digits)).toString();
    }
    return text;
  }

  static byte[] encode(VR vr, SpecificCharacterSet charset, boolean bigEndian, String... values) {
    if (vr.isString()) {
      byte[] bytes = charset.encode(String.join("\\", values), vr);
      if (bytes.length % 2 != 0) {
        bytes = Arrays.copyOf(bytes, bytes.length + 1);
        bytes[bytes.length - 1] = (byte) vr.padding();
      }
      return bytes;
    }
    if (vr.kind() == VR.Kind.BYTES || vr.kind() == VR.Kind.SEQUENCE) {
      throw new IllegalArgumentException("a value of VR " + vr + " is no text");
    }
    byte[] bytes = new byte[values.length * vr.valueSize()];
    for (int i = 0; i < values.length; i++) {
      putNumber(bytes, i * vr.valueSize(), values[i], vr, bigEndian);
    }
    return bytes;
  }

  private static void putNumber(byte[] to, int at, String value, VR vr, boolean bigEndian) {
    switch (vr) {
      case FL ->
          ByteOrder.putInt32(to, at, Float.floatToIntBits(Float.parseFloat(value)), bigEndian);
      case FD ->
          ByteOrder.putInt64(to, at, Double.doubleToLongBits(Double.parseDouble(value)), bigEndian);
      case AT -> {
        int tag = Integer.parseUnsignedInt(value, 16);
        ByteOrder.putInt16(to, at, tag >>> 16, bigEndian);
        ByteOrder.putInt16(to, at + 2, tag, bigEndian);
      }
      case UV -> ByteOrder.putInt64(to, at, Long.parseUnsignedLong(value), bigEndian);
      case SV -> ByteOrder.putInt64(to, at, Long.parseLong(value), bigEndian);
      default -> {
        long number = Long.parseLong(value);
        if (vr.unit() == 2) {
          ByteOrder.putInt16(to, at, (int) number, bigEndian);
        } else {
          ByteOrder.putInt32(to, at, (int) number, bigEndian);
        }
      }
    }
  }
}
