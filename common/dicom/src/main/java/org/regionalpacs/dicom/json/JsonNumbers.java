package org.regionalpacs.dicom.json;

import tools.jackson.core.JsonGenerator;

/** Decimal strings as JSON numbers, digit by digit, so that no precision is lost. */
final class JsonNumbers {
  private JsonNumbers() {}

  /** Writes a number, or a string when the text is none (PS3.18 F.2.3.1 allows both for IS, DS). */
  static void write(JsonGenerator json, String text) {
    String number = canonical(text.strip());
    if (number.isEmpty()) {
      json.writeString(text);
    } else {
      json.writeNumber(number);
    }
  }

  /** The text as JSON (RFC 8259 6) spells it, empty when it is no number. */
  private static String canonical(String text) {
    StringBuilder number = new StringBuilder(text.length() + 1);
    int at = 0;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      if (text.charAt(at++) == '-') {
        number.append('-');
      }
    }
    int integer = digits(text, at);
    int zeros = at;
    while (zeros < integer - 1 && text.charAt(zeros) == '0') {
      zeros++;
    }
    number.append(integer == at ? "0" : text.substring(zeros, integer));
    boolean hasDigits = integer > at;
    at = integer;
    if (at < text.length() && text.charAt(at) == '.') {
      int end = digits(text, at + 1);
      if (end > at + 1) {
        number.append(text, at, end);
        hasDigits = true;
      }
      at = end;
    }
    if (!hasDigits) {
      return "";
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int sign = at + 1;
      if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
        sign++;
      }
      int end = digits(text, sign);
      if (end == sign) {
        return "";
      }
      number.append(text, at, end);
      at = end;
    }
    return at == text.length() ? number.toString() : "";
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
