package org.regionalpacs.dicom.data;

import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.regionalpacs.dicom.data.InvalidAttributeException.Problem;

/**
 * Values that have to be there; each method throws {@link InvalidAttributeException}, which names
 * the attribute, when the first value is missing, empty or of another kind.
 */
public final class Required {
  private final Attributes dataSet;

  Required(Attributes dataSet) {
    this.dataSet = dataSet;
  }

  /** The first value as text. */
  public String string(int tag) {
    return dataSet.getString(tag).orElseThrow(absentOr(tag, "is no text"));
  }

  /** The first value as an integer of 32 bits; numbers outside of that aren't cut off. */
  public int integer(int tag) {
    OptionalInt value = dataSet.getInt(tag);
    double exact = dataSet.getDouble(tag, Double.NaN);
    if (value.isEmpty() || value.getAsInt() != exact) {
      throw absentOr(tag, "is no integer of 32 bits").get();
    }
    return value.getAsInt();
  }

  /** The first value as a number. */
  public double number(int tag) {
    double[] numbers = dataSet.getDoubles(tag);
    if (numbers.length == 0) {
      throw absentOr(tag, "is no number").get();
    }
    return numbers[0];
  }

  /** The first value as a date. */
  public LocalDate date(int tag) {
    return dataSet.getString(tag).flatMap(Temporal::date).orElseThrow(absentOr(tag, "is no date"));
  }

  /** The first item of a sequence. */
  public Attributes item(int tag) {
    return dataSet.getItem(tag).orElseThrow(absentOr(tag, "is no sequence"));
  }

  private Supplier<InvalidAttributeException> absentOr(int tag, String wrongType) {
    return () -> {
      if (!dataSet.contains(tag)) {
        return new InvalidAttributeException(tag, Problem.MISSING, "is missing");
      }
      return dataSet.containsValue(tag)
          ? new InvalidAttributeException(tag, Problem.WRONG_TYPE, wrongType)
          : new InvalidAttributeException(tag, Problem.EMPTY, "is empty");
    };
  }
}
