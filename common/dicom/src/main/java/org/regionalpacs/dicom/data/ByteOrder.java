package org.regionalpacs.dicom.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** Numbers in byte arrays, in either byte order. */
public final class ByteOrder {
  private static final VarHandle SHORT_LE = view(short[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = view(short[].class, java.nio.ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE = view(int[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BE = view(int[].class, java.nio.ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_LE = view(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE = view(long[].class, java.nio.ByteOrder.BIG_ENDIAN);

  private ByteOrder() {}

  private static VarHandle view(Class<?> type, java.nio.ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(type, order);
  }

  /** The unsigned 16-bit number at an offset. */
  public static int uint16(byte[] bytes, int offset, boolean bigEndian) {
    return (short) (bigEndian ? SHORT_BE : SHORT_LE).get(bytes, offset) & 0xFFFF;
  }

  /** The 32-bit number at an offset. */
  public static int int32(byte[] bytes, int offset, boolean bigEndian) {
    return (int) (bigEndian ? INT_BE : INT_LE).get(bytes, offset);
  }

  /** The 64-bit number at an offset. */
  public static long int64(byte[] bytes, int offset, boolean bigEndian) {
    return (long) (bigEndian ? LONG_BE : LONG_LE).get(bytes, offset);
  }

  /** Writes a 16-bit number. */
  public static void putInt16(byte[] bytes, int offset, int value, boolean bigEndian) {
    (bigEndian ? SHORT_BE : SHORT_LE).set(bytes, offset, (short) value);
  }

  /** Writes a 32-bit number. */
  public static void putInt32(byte[] bytes, int offset, int value, boolean bigEndian) {
    (bigEndian ? INT_BE : INT_LE).set(bytes, offset, value);
  }

  /** Writes a 64-bit number. */
  public static void putInt64(byte[] bytes, int offset, long value, boolean bigEndian) {
    (bigEndian ? LONG_BE : LONG_LE).set(bytes, offset, value);
  }

  /**
   * Reverses each whole unit of a range in place; bytes after the last whole unit stay.
   *
   * @param unit 1, 2, 4 or 8 bytes
   */
  public static void swap(byte[] bytes, int offset, int length, int unit) {
    int end = offset + length - length % unit;
    switch (unit) {
      case 2 -> {
        for (int i = offset; i < end; i += 2) {
          SHORT_LE.set(bytes, i, (short) SHORT_BE.get(bytes, i));
        }
      }
      case 4 -> {
        for (int i = offset; i < end; i += 4) {
          INT_LE.set(bytes, i, (int) INT_BE.get(bytes, i));
        }
      }
      case 8 -> {
        for (int i = offset; i < end; i += 8) {
          LONG_LE.set(bytes, i, (long) LONG_BE.get(bytes, i));
        }
      }
      default -> {
        // Bytes have no order.
      }
    }
  }

  /** A copy in the other byte order. */
  public static byte[] swapped(byte[] bytes, int unit) {
    byte[] copy = ByteBuffer.allocate(bytes.length).put(bytes).array();
    swap(copy, 0, copy.length, unit);
    return copy;
  }
}
