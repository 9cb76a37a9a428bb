package org.regionalpacs.dicom.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes text with ISO 2022 escape sequences (PS3.5 6.1.2.5.3): the initial sets are active at the
 * beginning and after each delimiter, and again before a delimiter and at the end.
 */
final class Iso2022Encoder {
  private static final String ASCII = "(B";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CodedSet initial;
  private final List<CodedSet> declared;

  private CodedSet g1;

  /** The two-byte set that G0 holds, or what G1 holds. */
  private CodedSet active;

  private Iso2022Encoder(CodedSet initial, List<CodedSet> declared) {
    this.initial = initial;
    this.declared = declared;
    this.g1 = initial;
    this.active = initial;
  }

  /** Empty when a character is in none of the declared sets. */
  static Optional<byte[]> encode(String text, CodedSet initial, List<CodedSet> declared, VR vr) {
    Iso2022Encoder encoder = new Iso2022Encoder(initial, declared);
    int[] characters = text.codePoints().toArray();
    for (int character : characters) {
      if (!encoder.put(character, vr)) {
        return Optional.empty();
      }
    }
    encoder.leaveTwoByteSet();
    return Optional.of(encoder.out.toByteArray());
  }

  private boolean put(int character, VR vr) {
    if (character < 0x80) {
      leaveTwoByteSet();
      if (Iso2022.isDelimiter(character, vr)) {
        g1 = initial;
        active = initial;
      }
      out.write(character);
      return true;
    }
    String text = Character.toString(character);
    Optional<byte[]> bytes = active.encode(text);
    if (bytes.isPresent()) {
      out.writeBytes(bytes.get());
      return true;
    }
    for (CodedSet set : declared) {
      bytes = set.isAlone() ? Optional.empty() : set.encode(text);
      if (bytes.isPresent()) {
        designate(set);
        out.writeBytes(bytes.get());
        return true;
      }
    }
    return false;
  }

  private void designate(CodedSet set) {
    if (active.isTwoByteG0() && !set.isTwoByteG0()) {
      leaveTwoByteSet();
    }
    if (set.isG1()) {
      g1 = set;
    }
    active = set;
    escape(set.escape());
  }

  private void leaveTwoByteSet() {
    if (active.isTwoByteG0()) {
      escape(ASCII);
      active = g1;
    }
  }

  private void escape(String sequence) {
    out.write(Iso2022.ESC);
    out.writeBytes(sequence.getBytes(StandardCharsets.US_ASCII));
  }
}
