package org.regionalpacs.index;

import static java.lang.Double.NaN;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.PrivateBlock;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.Temporal;
import org.regionalpacs.dicom.data.VR;

/** Takes the values of extended query tags out of headers. Nothing in a header makes this fail. */
public final class QueryTagReader {
  private static final int VALUES = 16;
  private static final int ITEMS = 16;
  private static final int LONGEST_NUMBER = 32;

  /** A moment as it is kept and compared, in UTC. */
  public static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSSSSS");

  private QueryTagReader() {}

  /**
   * What an object says of these tags: one reading a tag, in their order.
   *
   * @param header the data set without bulk data
   */
  public static List<QueryTagReading> read(List<QueryTag> tags, Attributes header) {
    if (tags.isEmpty()) {
      return List.of();
    }
    List<QueryTagReading> readings = new ArrayList<>(tags.size());
    for (QueryTag tag : tags) {
      readings.add(read(tag, header));
    }
    return readings;
  }

  private static QueryTagReading read(QueryTag tag, Attributes header) {
    List<QueryTagValue> values = new ArrayList<>();
    int unfit = 0;
    for (String raw : raw(tag, header)) {
      if (raw.isBlank() || values.size() == VALUES) {
        continue;
      }
      Optional<QueryTagValue> value = value(tag.kind(), raw.strip(), header);
      value.ifPresent(values::add);
      unfit += value.isEmpty() ? 1 : 0;
    }
    // The value itself may be a patient's: it is in the object.
    return new QueryTagReading(
        tag, values, unfit == 0 ? "" : unfit + " value(s) that " + tag.vr() + " doesn't allow");
  }

  private static List<String> raw(QueryTag tag, Attributes header) {
    if (!tag.inItems()) {
      return strings(tag, header, header);
    }
    return header
        .getSequence(tag.path().getFirst())
        .map(items ->
            items.stream()
                .limit(ITEMS)
                .flatMap(item -> strings(tag, item, header).stream())
                .toList())
        .orElse(List.of());
  }

  private static List<String> strings(QueryTag tag, Attributes dataSet, Attributes header) {
    if (tag.creator().isEmpty()) {
      return strings(tag.tag(), tag.vr(), dataSet, header);
    }
    return PrivateBlock.find(dataSet, tag.tag() >>> 16, tag.creator())
        .map(block -> strings(block.tag(tag.tag()), tag.vr(), dataSet, header))
        .orElse(List.of());
  }

  /** Where the object doesn't say what its bytes are, the tag does. */
  private static List<String> strings(int tag, VR vr, Attributes dataSet, Attributes header) {
    boolean unknown = dataSet.vrOf(tag).filter(known -> known == VR.UN).isPresent();
    return unknown
        ? dataSet
            .getBytes(tag)
            .map(bytes -> as(vr, header).set(tag, vr, bytes).getStrings(tag))
            .orElse(List.of())
        : dataSet.getStrings(tag);
  }

  /** PS3.5 6.2.2 note 2: values of UN are little endian, whatever the others are. */
  private static Attributes as(VR vr, Attributes header) {
    Attributes known = new Attributes().charsetFallback(header.charsetFallback());
    if (vr.kind() == VR.Kind.TEXT) {
      header
          .getBytes(Tag.SpecificCharacterSet)
          .ifPresent(terms -> known.set(Tag.SpecificCharacterSet, VR.CS, terms));
    }
    return known;
  }

  private static Optional<QueryTagValue> value(QueryTagKind kind, String raw, Attributes header) {
    String shown = TextValues.clean(raw, TextValues.KEY_LENGTH);
    return switch (kind) {
      case TEXT, CODE, UID -> Optional.of(QueryTagValue.text(shown, shown));
      case NAME ->
          Optional.of(
              QueryTagValue.name(
                  shown, TextValues.clean(Folding.fold(shown), 2 * TextValues.KEY_LENGTH)));
      case DATE -> compared(shown, TextValues.date(raw));
      case TIME -> compared(shown, TextValues.time(raw));
      case MOMENT ->
          Temporal.dateTime(raw).map(moment -> QueryTagValue.text(shown, inUtc(moment, header)));
      case NUMBER -> number(shown, raw);
    };
  }

  private static Optional<QueryTagValue> compared(String shown, String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(QueryTagValue.text(shown, value));
  }

  private static Optional<QueryTagValue> number(String shown, String raw) {
    try {
      double number = raw.length() <= LONGEST_NUMBER ? new BigDecimal(raw).doubleValue() : NaN;
      return Double.isFinite(number)
          ? Optional.of(QueryTagValue.number(shown, number))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** By its own offset, else that of the object, else as if it were in UTC. */
  private static String inUtc(Temporal.Moment moment, Attributes header) {
    ZoneOffset offset = moment.offset().or(() -> offset(header)).orElse(ZoneOffset.UTC);
    LocalDateTime utc =
        moment.first().atOffset(offset).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    return MOMENT.format(utc);
  }

  private static Optional<ZoneOffset> offset(Attributes header) {
    return header
        .getString(Tag.TimezoneOffsetFromUTC)
        .flatMap(offset -> Temporal.dateTime("20000101" + offset))
        .flatMap(Temporal.Moment::offset);
  }
}
