package org.regionalpacs.dicom.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads text with ISO 2022 escape sequences (PS3.5 6.1.2.5, PS3.3 C.12.1.1.2). */
final class Iso2022 {
  static final int ESC = 0x1B;

  /**
   * What has been read.
   *
   * @param clean whether every escape sequence is known and every code has a character
   */
  record Decoded(String text, boolean clean) {}

  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private final CodedSet initial;
  private CodedSet set;
  private CodedSet g1;
  private boolean clean = true;

  private Iso2022(CodedSet initial) {
    this.initial = initial;
    this.set = initial;
    this.g1 = initial;
  }

  static Decoded decode(byte[] bytes, CodedSet initial, VR vr) {
    Iso2022 reader = new Iso2022(initial);
    reader.read(bytes, vr);
    return new Decoded(reader.text.toString(), reader.clean);
  }

  private void read(byte[] bytes, VR vr) {
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xFF;
      if (b == ESC) {
        flush();
        i += escape(bytes, i + 1);
      } else if (isDelimiter(b, vr) && !(set.isTwoByteG0() && run.size() % 2 == 1)) {
        flush();
        // PS3.5 6.1.2.5.3: the initial sets are active again after a delimiter.
        set = initial;
        g1 = initial;
        text.append((char) b);
      } else {
        run.write(b);
      }
    }
    flush();
  }

  /** Follows an escape sequence; returns its length without ESC. */
  private int escape(byte[] bytes, int at) {
    int length = at + 2 < bytes.length && bytes[at] == '$' && bytes[at + 1] < '0' ? 3 : 2;
    if (at + length > bytes.length) {
      clean = false;
      return bytes.length - at;
    }
    Optional<CodedSet> to =
        CodedSet.ofEscape(new String(bytes, at, length, StandardCharsets.ISO_8859_1));
    clean &= to.isPresent();
    if (to.isPresent() && to.get().isG1()) {
      g1 = to.get();
    }
    // Codes of G0 sets are ASCII or two bytes; what G1 sets hold below 80 is ASCII as well.
    to.ifPresent(designated -> set = designated.isTwoByteG0() ? designated : g1);
    return length;
  }

  static boolean isDelimiter(int b, VR vr) {
    return switch (b) {
      case '\r', '\n', '\t', '\f' -> true;
      case '\\' -> vr.isMultiValued();
      case '^', '=' -> vr == VR.PN;
      default -> false;
    };
  }

  private void flush() {
    if (run.size() > 0) {
      byte[] bytes = run.toByteArray();
      Optional<String> decoded = set.decode(bytes);
      clean &= decoded.isPresent();
      text.append(decoded.orElseGet(() -> new String(bytes, set.charset())));
      run.reset();
    }
  }
}
