package org.regionalpacs.dicom.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Text with ISO 2022 escape sequences (PS3.5 6.1.2.5, PS3.3 C.12.1.1.2). */
final class Iso2022 {
  private static final int ESC = 0x1B;

  /**
   * A set that an escape sequence designates: its charset, and whether it takes G1 (8-bit codes).
   */
  private record Designation(String charset, boolean g1, boolean twoByteG0) {}

  private static final Map<String, Designation> DESIGNATIONS =
      Map.ofEntries(
          Map.entry("(B", new Designation("US-ASCII", false, false)),
          Map.entry("(J", new Designation("JIS_X0201", false, false)),
          Map.entry(")I", new Designation("JIS_X0201", true, false)),
          Map.entry("-A", new Designation("ISO-8859-1", true, false)),
          Map.entry("-B", new Designation("ISO-8859-2", true, false)),
          Map.entry("-C", new Designation("ISO-8859-3", true, false)),
          Map.entry("-D", new Designation("ISO-8859-4", true, false)),
          Map.entry("-L", new Designation("ISO-8859-5", true, false)),
          Map.entry("-G", new Designation("ISO-8859-6", true, false)),
          Map.entry("-F", new Designation("ISO-8859-7", true, false)),
          Map.entry("-H", new Designation("ISO-8859-8", true, false)),
          Map.entry("-M", new Designation("ISO-8859-9", true, false)),
          Map.entry("-b", new Designation("ISO-8859-15", true, false)),
          Map.entry("-T", new Designation("TIS-620", true, false)),
          Map.entry("$B", new Designation("x-JIS0208", false, true)),
          Map.entry("$(D", new Designation("JIS_X0212-1990", false, true)),
          Map.entry("$)C", new Designation("EUC-KR", true, false)),
          Map.entry("$)A", new Designation("GB2312", true, false)));

  private Iso2022() {}

  static String decode(byte[] bytes, Charset initial, VR vr) {
    StringBuilder text = new StringBuilder(bytes.length);
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    boolean twoByte = false;
    Charset g0 = StandardCharsets.US_ASCII;
    Charset g1 = initial;
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xFF;
      if (b == ESC) {
        flush(run, text, twoByte ? g0 : g1);
        int length = i + 3 < bytes.length && bytes[i + 1] == '$' && bytes[i + 2] < '0' ? 3 : 2;
        if (i + length >= bytes.length) {
          break;
        }
        String sequence = new String(bytes, i + 1, length, StandardCharsets.ISO_8859_1);
        Designation to = DESIGNATIONS.get(sequence);
        if (to != null && to.g1()) {
          g1 = Charset.forName(to.charset());
        } else if (to != null) {
          twoByte = to.twoByteG0();
          g0 = Charset.forName(to.charset());
        }
        i += length;
      } else if (isDelimiter(b, vr) && !(twoByte && run.size() % 2 == 1)) {
        flush(run, text, twoByte ? g0 : g1);
        // PS3.5 6.1.2.5.3: the initial sets are active again after a delimiter.
        twoByte = false;
        g0 = StandardCharsets.US_ASCII;
        g1 = initial;
        text.append((char) b);
      } else {
        run.write(b);
      }
    }
    flush(run, text, twoByte ? g0 : g1);
    return text.toString();
  }

  private static boolean isDelimiter(int b, VR vr) {
    return switch (b) {
      case '\r', '\n', '\t', '\f' -> true;
      case '\\' -> vr.isMultiValued();
      case '^', '=' -> vr == VR.PN;
      default -> false;
    };
  }

  private static void flush(ByteArrayOutputStream run, StringBuilder text, Charset charset) {
    text.append(run.toString(charset));
    run.reset();
  }
}
