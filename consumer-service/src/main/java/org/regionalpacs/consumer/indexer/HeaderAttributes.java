package org.regionalpacs.consumer.indexer;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;

/**
 * The top-level attributes of a header as texts by keyword, for the warehouse, and a few from
 * sequences where the top level lacks them. Long values and those of private attributes are left
 * out: the message must stay small whatever was sent.
 */
public final class HeaderAttributes {
  private static final int VALUE_LENGTH = 256;
  private static final int ATTRIBUTES = 500;

  private HeaderAttributes() {}

  /** Of a data set, or of its part before the pixels. */
  public static Map<String, String> of(Attributes header) {
    Map<String, String> attributes = new TreeMap<>();
    for (Element element : header) {
      Optional<String> keyword = ElementDictionary.keywordOf(element.tag());
      if (keyword.isEmpty() || !(element.value() instanceof byte[] bytes)) {
        continue;
      }
      // A value of n bytes has at most n characters when decoded; numbers grow, so look again.
      String value = bytes.length <= 4 * VALUE_LENGTH ? header.joined(element.tag()) : "";
      if (!value.isEmpty() && value.length() <= VALUE_LENGTH && attributes.size() < ATTRIBUTES) {
        attributes.put(keyword.get(), value);
      }
    }
    fromSequences(header, attributes);
    return attributes;
  }

  /** What is the same for all frames (PS3.3 C.7.6.16.2.1), and who requested (PS3.3 C.7.2.1). */
  private static void fromSequences(Attributes header, Map<String, String> attributes) {
    Optional<Attributes> measures =
        header
            .getItem(Tag.SharedFunctionalGroupsSequence)
            .flatMap(shared -> shared.getItem(Tag.PixelMeasuresSequence));
    measures.ifPresent(item -> {
      add(attributes, "PixelSpacing", item.joined(Tag.PixelSpacing));
      add(attributes, "SliceThickness", item.joined(Tag.SliceThickness));
    });
    header
        .getItem(Tag.RequestingServiceCodeSequence)
        .ifPresent(code -> add(attributes, "RequestingService", code.joined(Tag.CodeMeaning)));
  }

  private static void add(Map<String, String> attributes, String keyword, String value) {
    if (!value.isEmpty() && value.length() <= VALUE_LENGTH) {
      attributes.putIfAbsent(keyword, value);
    }
  }
}
