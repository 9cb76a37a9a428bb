package org.regionalpacs.index;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.json.DicomJsonWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Copies the attributes of one level out of a header: those that have a value, in Unicode, cut to a
 * sane size however large the sender made them.
 */
final class LevelAttributes {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int TEXT_LENGTH = 1024;
  private static final int VALUES = 64;
  private static final int ITEMS = 16;
  private static final int DEPTH = 4;
  private static final String UTF_8 = "ISO_IR 192";

  private final Attributes picked = unicode();

  /**
   * An item of a data set in UTF-8: it takes any text, and has no Specific Character Set itself.
   */
  private static Attributes unicode() {
    return new Attributes()
        .setString(Tag.SpecificCharacterSet, VR.CS, UTF_8)
        .newSequence(Tag.ReferencedSeriesSequence)
        .addItem();
  }

  /** The attributes of these tags that have a value. */
  static LevelAttributes pick(Attributes header, int... tags) {
    LevelAttributes level = new LevelAttributes();
    for (int tag : tags) {
      copy(header, tag, level.picked, DEPTH);
    }
    return level;
  }

  /** All attributes of the first, and what it lacks from the next, and so on. */
  static LevelAttributes merge(Iterable<LevelAttributes> levels) {
    LevelAttributes merged = new LevelAttributes();
    for (LevelAttributes level : levels) {
      for (Element element : level.picked) {
        if (!merged.picked.contains(element.tag())) {
          copy(level.picked, element.tag(), merged.picked, DEPTH);
        }
      }
    }
    return merged;
  }

  /** Sets an attribute to what is known better than by the header. */
  LevelAttributes with(int tag, String value) {
    picked.setString(tag, value);
    return this;
  }

  /** Sets an attribute that the header lacks; an empty value changes nothing. */
  LevelAttributes withDefault(int tag, String value) {
    return picked.contains(tag) || value.isEmpty() ? this : with(tag, value);
  }

  /** The first value, cut to what fits into a column; empty when there is none. */
  String text(int tag) {
    return TextValues.clean(picked.getString(tag, ""), TextValues.KEY_LENGTH);
  }

  /** The first value as an integer. */
  OptionalInt number(int tag) {
    return number(picked, tag);
  }

  /** Senders put anything into an IS; only what is an integer and fits into a column is one. */
  static OptionalInt number(Attributes attributes, int tag) {
    double[] numbers = attributes.getDoubles(tag);
    return numbers.length > 0
            && numbers[0] == Math.rint(numbers[0])
            && Math.abs(numbers[0]) <= Integer.MAX_VALUE
        ? OptionalInt.of((int) numbers[0])
        : OptionalInt.empty();
  }

  /** The first value as it is compared, see {@link Folding}. */
  String folded(int tag) {
    return TextValues.clean(Folding.fold(text(tag)), 2 * TextValues.KEY_LENGTH);
  }

  private static void copy(Attributes from, int tag, Attributes to, int depth) {
    Optional<Sequence> items = from.getSequence(tag);
    if (items.isPresent()) {
      copyItems(items.get(), tag, to, depth);
      return;
    }
    VR vr = from.vrOf(tag).filter(known -> known != VR.UN).orElse(ElementDictionary.vrOf(tag));
    List<String> values =
        from.getStrings(tag).stream().map(value -> TextValues.number(vr, value)).toList();
    if (vr.isString() && values.stream().anyMatch(value -> !value.isEmpty())) {
      to.setString(
          tag,
          vr,
          values.stream()
              .limit(VALUES)
              .map(value -> TextValues.clean(value, TEXT_LENGTH))
              .toArray(String[]::new));
    }
  }

  private static void copyItems(Sequence items, int tag, Attributes to, int depth) {
    if (items.isEmpty() || depth == 0) {
      return;
    }
    Sequence copies = to.newSequence(tag);
    for (Attributes item : items.subList(0, Math.min(items.size(), ITEMS))) {
      Attributes copy = copies.addItem();
      for (Element element : item) {
        if (element.tag() != Tag.SpecificCharacterSet) {
          copy(item, element.tag(), copy, depth - 1);
        }
      }
    }
  }

  /** The DICOM JSON model object (PS3.18 F.2). */
  String json() {
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
      new DicomJsonWriter(generator, (path, vr, length) -> Optional.empty()).writeDataSet(picked);
    }
    return json.toString();
  }
}
