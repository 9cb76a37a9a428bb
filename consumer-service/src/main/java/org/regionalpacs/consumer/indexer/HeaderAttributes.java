package org.regionalpacs.consumer.indexer;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.ElementDictionary;

/**
 * The top-level attributes of a header as texts by keyword, for the warehouse. Long values and
 * those of private attributes are left out: the message must stay small whatever was sent.
 */
final class HeaderAttributes {
  private static final int VALUE_LENGTH = 256;
  private static final int ATTRIBUTES = 500;

  private HeaderAttributes() {}

  static Map<String, String> of(Attributes header) {
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
    return attributes;
  }
}
