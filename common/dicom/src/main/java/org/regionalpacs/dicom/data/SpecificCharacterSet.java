package org.regionalpacs.dicom.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How text of a data set is encoded (PS3.3 C.12.1.1.2). The platform's character set plays no part.
 *
 * <p>Bytes that don't fit the declared set are decoded as UTF-8 if they are valid UTF-8, else as
 * GB18030 if they are valid in it, else as Latin-1: names are shown wrongly rather than not at all.
 */
public final class SpecificCharacterSet {
  private static final Charset GB18030 = Charset.forName("GB18030");

  /** Defined terms without the prefixes {@code ISO_IR} and {@code ISO 2022 IR}. */
  private static final Map<String, String> CHARSETS =
      Map.ofEntries(
          Map.entry("6", "US-ASCII"),
          Map.entry("100", "ISO-8859-1"),
          Map.entry("101", "ISO-8859-2"),
          Map.entry("109", "ISO-8859-3"),
          Map.entry("110", "ISO-8859-4"),
          Map.entry("144", "ISO-8859-5"),
          Map.entry("127", "ISO-8859-6"),
          Map.entry("126", "ISO-8859-7"),
          Map.entry("138", "ISO-8859-8"),
          Map.entry("148", "ISO-8859-9"),
          Map.entry("203", "ISO-8859-15"),
          Map.entry("166", "TIS-620"),
          Map.entry("13", "JIS_X0201"),
          Map.entry("149", "EUC-KR"),
          Map.entry("58", "GB2312"),
          Map.entry("192", "UTF-8"));

  private static final Map<String, SpecificCharacterSet> CACHE = new ConcurrentHashMap<>();

  /** The default repertoire, ISO-IR 6. */
  public static final SpecificCharacterSet DEFAULT =
      new SpecificCharacterSet(StandardCharsets.US_ASCII, false);

  /** Unicode in UTF-8, {@code ISO_IR 192}. */
  public static final SpecificCharacterSet UTF_8 =
      new SpecificCharacterSet(StandardCharsets.UTF_8, false);

  private final Charset charset;
  private final boolean codeExtensions;

  private SpecificCharacterSet(Charset charset, boolean codeExtensions) {
    this.charset = charset;
    this.codeExtensions = codeExtensions;
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
    String[] terms = value.replace('\0', ' ').split("\\\\", -1);
    Charset first = charsetOf(terms[0]);
    boolean extensions =
        terms.length > 1 || terms[0].strip().toUpperCase(Locale.ROOT).startsWith("ISO 2022");
    boolean extensible = first != StandardCharsets.UTF_8 && !first.name().startsWith("GB");
    SpecificCharacterSet made = new SpecificCharacterSet(first, extensions && extensible);
    if (CACHE.size() < 1000) {
      CACHE.put(value, made);
    }
    return made;
  }

  private static Charset charsetOf(String term) {
    String name = term.strip().toUpperCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
    if (name.startsWith("GB18030") || name.startsWith("GBK") || name.startsWith("GB2312")) {
      // GB18030 holds all of GBK and GB2312 at the same places.
      return GB18030;
    }
    if (name.contains("UTF 8") || name.contains("UTF8")) {
      return StandardCharsets.UTF_8;
    }
    if (name.contains("8859")) {
      return StandardCharsets.ISO_8859_1;
    }
    String number = name.replaceAll("^ISO ?(2022 ?)?(IR ?)?", "").strip();
    String charset = CHARSETS.get(number);
    return charset == null ? StandardCharsets.US_ASCII : Charset.forName(charset);
  }

  /** The text of a value of the given VR, padding included. */
  public String decode(byte[] bytes, VR vr) {
    if (isAscii(bytes)) {
      return codeExtensions && hasEscape(bytes)
          ? Iso2022.decode(bytes, charset, vr)
          : new String(bytes, StandardCharsets.ISO_8859_1);
    }
    if (codeExtensions && hasEscape(bytes)) {
      return Iso2022.decode(bytes, charset, vr);
    }
    for (Charset candidate : List.of(charset, StandardCharsets.UTF_8, GB18030)) {
      try {
        return candidate
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes))
            .toString();
      } catch (CharacterCodingException e) {
        // The next candidate may fit.
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasEscape(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0x1B) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of a text; characters that the set lacks become question marks. */
  byte[] encode(String text, VR vr) {
    Charset target = vr.kind() == VR.Kind.ASCII ? StandardCharsets.ISO_8859_1 : charset;
    ByteBuffer encoded = target.encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return charset + (codeExtensions ? " with code extensions" : "");
  }
}
