package org.regionalpacs.dicom.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** Sets elements from the text of their values, as the JSON and XML models have it. */
public final class ModelValues {
  /** PS3.5 6.2: the length of a DS value. */
  private static final int DECIMAL_STRING = 16;

  private ModelValues() {}

  /**
   * Sets an element. Text is encoded in the character set of the data set.
   *
   * @param values empty strings for values that are empty
   * @throws IllegalArgumentException with a reason in which no value stands, when they don't fit
   *     the VR
   */
  public static void set(Attributes into, int tag, VR vr, List<String> values) {
    if (vr.kind() == VR.Kind.BYTES || vr.kind() == VR.Kind.SEQUENCE) {
      throw new IllegalArgumentException("is of VR " + vr + ", which has no such values");
    }
    if (values.isEmpty() || values.size() == 1 && values.getFirst().isEmpty()) {
      into.setEmpty(tag, vr);
      return;
    }
    if (!vr.isMultiValued() && values.size() > 1) {
      throw new IllegalArgumentException("has several values, and VR " + vr + " has one");
    }
    into.setString(
        tag, vr, values.stream().map(value -> checked(vr, value)).toArray(String[]::new));
  }

  private static String checked(VR vr, String value) {
    return switch (vr.kind()) {
      case INTEGER -> vr == VR.AT ? tag(value) : integer(vr, value);
      case FLOAT -> floating(vr, value);
      default -> {
        if (vr.isMultiValued() && value.indexOf('\\') >= 0) {
          throw new IllegalArgumentException("has a backslash within a value");
        }
        yield vr == VR.IS ? integerString(value) : vr == VR.DS ? decimalString(value) : value;
      }
    };
  }

  private static String tag(String value) {
    if (!value.matches("[0-9A-Fa-f]{8}")) {
      throw new IllegalArgumentException("has a value that is no tag");
    }
    return value;
  }

  private static String integer(VR vr, String value) {
    BigInteger number = exact(value);
    boolean signed = vr == VR.SS || vr == VR.SL || vr == VR.SV;
    int bits = vr.unit() * 8;
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    if (!fits) {
      throw new IllegalArgumentException("has a number that VR " + vr + " can't hold");
    }
    return number.toString();
  }

  private static BigInteger exact(String value) {
    try {
      BigDecimal number = new BigDecimal(value.strip());
      // Of 1e999999999 nobody wants the digits.
      if (number.precision() - (long) number.scale() <= 20) {
        return number.toBigIntegerExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("has a value that is no integer in range");
  }

  /** Text that is no number is kept: files have it, and F.2.3.1 lets it stand as a string. */
  private static String integerString(String value) {
    boolean exponent = value.matches("-?[0-9]+(\\.[0-9]+)?[eE][-+]?[0-9]+|-?[0-9]+\\.0+");
    return exponent ? exact(value).toString() : value;
  }

  private static String decimalString(String value) {
    if (value.length() <= DECIMAL_STRING || !value.matches("[-+.0-9eE]+")) {
      return value;
    }
    try {
      double number = Double.parseDouble(value);
      return new Attributes()
          .setDouble(Tag.PixelSpacing, VR.DS, number)
          .getString(Tag.PixelSpacing, value);
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private static String floating(VR vr, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("has an empty value between numbers");
    }
    switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "nan":
        return "NaN";
      case "inf", "infinity", "+inf", "+infinity":
        return "Infinity";
      case "-inf", "-infinity":
        return "-Infinity";
      default:
        break;
    }
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(vr == VR.FL ? (float) number : number)) {
        return value.strip();
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("has a value that is no number in range");
  }
}
