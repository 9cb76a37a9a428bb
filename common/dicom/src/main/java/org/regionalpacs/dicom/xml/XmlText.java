package org.regionalpacs.dicom.xml;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Text of any characters in XML, which has not a place for all of them. */
final class XmlText {
  private XmlText() {}

  /**
   * Writes text. Control characters that XML 1.0 can't hold (2.2), such as form feeds, become
   * replacement characters; carriage returns are written so that parsers don't drop them (2.11).
   */
  static void write(XMLStreamWriter xml, String text) throws XMLStreamException {
    int start = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '\r' || !isAllowed(c)) {
        xml.writeCharacters(text.substring(start, i));
        if (c == '\r') {
          xml.writeEntityRef("#13");
        } else {
          xml.writeCharacters("\uFFFD");
        }
        start = i + Character.charCount(c);
      }
      i += Character.charCount(c);
    }
    xml.writeCharacters(text.substring(start));
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
