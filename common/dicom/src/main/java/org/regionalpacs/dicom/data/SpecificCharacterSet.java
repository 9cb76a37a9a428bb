package org.regionalpacs.dicom.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How text of a data set is encoded (PS3.3 C.12.1.1.2). The platform's character set plays no part.
 *
 * <p>Bytes that don't fit the declared set are decoded as {@link CharsetFallback} says: names are
 * shown wrongly rather than not at all, and {@link #fits} tells.
 */
public final class SpecificCharacterSet {
  private static final Logger LOG = LoggerFactory.getLogger(SpecificCharacterSet.class);
  private static final Map<String, SpecificCharacterSet> CACHE = new ConcurrentHashMap<>();

  /** The default repertoire, ISO-IR 6. */
  public static final SpecificCharacterSet DEFAULT = ofTerms("");

  /** Unicode in UTF-8, {@code ISO_IR 192}. */
  public static final SpecificCharacterSet UTF_8 = ofTerms("ISO_IR 192");

  private final CharsetTerms terms;
  private final CodedSet first;

  private SpecificCharacterSet(CharsetTerms terms) {
    this.terms = terms;
    CodedSet named = terms.sets().getFirst();
    // A set of two-byte codes in G0 has to be designated: it can't be there from the beginning.
    this.first = named.isTwoByteG0() ? CodedSet.IR_6 : named;
  }

  /**
   * The character set of a value of (0008,0005). Misspelt terms ({@code ISO IR 192}, {@code UTF-8})
   * are understood; unknown ones mean the default.
   *
   * @param value the element's value, several terms joined by backslashes
   */
  public static SpecificCharacterSet ofTerms(String value) {
    SpecificCharacterSet known = CACHE.get(value);
    if (known != null) {
      return known;
    }
    SpecificCharacterSet made = new SpecificCharacterSet(CharsetTerms.parse(value));
    if (CACHE.size() >= 1000) {
      // Strangers' inventions must not push out for good what is in use.
      CACHE.clear();
    }
    CACHE.put(value, made);
    return made;
  }

  /** What is wrong with the terms: misspelt, or unknown. */
  public Optional<String> problem() {
    return terms.problem();
  }

  /** Whether all the bytes of a value of the given VR are characters of this set. */
  public boolean fits(byte[] bytes, VR vr) {
    if (isPlain(bytes)) {
      return true;
    }
    if (hasEscape(bytes)) {
      return terms.codeExtensions() && Iso2022.decode(bytes, first, vr).clean();
    }
    return !first.lacks(bytes) && first.decode(bytes).isPresent();
  }

  /** The text of a value of the given VR, padding included. */
  public String decode(byte[] bytes, VR vr) {
    return decode(bytes, vr, CharsetFallback.DEFAULT);
  }

  String decode(byte[] bytes, VR vr, CharsetFallback fallback) {
    if (isPlain(bytes)) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    if (terms.codeExtensions() && hasEscape(bytes)) {
      return Iso2022.decode(bytes, first, vr).text();
    }
    Optional<String> declared = first.decode(bytes);
    return declared.isPresent() && !first.lacks(bytes)
        ? declared.get()
        : undeclared(bytes, fallback)
            .or(() -> declared)
            .orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Text whose escape sequences were lost may still be in another of the declared sets. */
  private Optional<String> undeclared(byte[] bytes, CharsetFallback fallback) {
    for (CodedSet set : terms.sets()) {
      if (set != first && set.isG1()) {
        Optional<String> text = set.decode(bytes);
        if (text.isPresent()) {
          return text;
        }
      }
    }
    for (Charset candidate : fallback.candidates()) {
      Optional<String> text = CodedSet.decode(bytes, candidate);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 || b == Iso2022.ESC) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasEscape(byte[] bytes) {
    for (byte b : bytes) {
      if (b == Iso2022.ESC) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value of the given VR can be written without losing a character. */
  public boolean canEncode(String text, VR vr) {
    return encoded(text, vr).isPresent();
  }

  /** The bytes of a text; characters that the set lacks become question marks, with a warning. */
  byte[] encode(String text, VR vr) {
    Optional<byte[]> encoded = encoded(text, vr);
    if (encoded.isPresent()) {
      return encoded.get();
    }
    LOG.warn("Text of VR {} has characters that are not in {}; they become '?'", vr, this);
    return text.codePoints()
        .mapToObj(Character::toString)
        .map(each -> canEncode(each, vr) ? each : "?")
        .collect(
            java.util.stream.Collectors.collectingAndThen(
                java.util.stream.Collectors.joining(), kept -> encoded(kept, vr).orElseThrow()));
  }

  private Optional<byte[]> encoded(String text, VR vr) {
    if (vr.kind() == VR.Kind.ASCII) {
      return CodedSet.IR_100.encode(text);
    }
    return terms.codeExtensions()
        ? Iso2022Encoder.encode(text, first, terms.sets(), vr)
        : first.encode(text);
  }

  @Override
  public String toString() {
    return terms.sets() + (terms.codeExtensions() ? " with code extensions" : "");
  }
}
