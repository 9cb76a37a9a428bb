package org.regionalpacs.dicom.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Walks through elements of a document; knows where it is. */
final class XmlCursor {
  private final XMLStreamReader xml;
  private final MarkupBound bound;
  private final Deque<String> path = new ArrayDeque<>();

  XmlCursor(XMLStreamReader xml, MarkupBound bound) {
    this.xml = xml;
    this.bound = bound;
  }

  void enter(String step) {
    path.addLast(step);
  }

  void leave() {
    path.removeLast();
  }

  String path() {
    return String.join("/", path);
  }

  NativeModelException broken(String reason) {
    return new NativeModelException(reason, path(), new Place(xml.getLocation()));
  }

  /** Name of the element whose start was found. */
  String name() {
    return xml.getLocalName();
  }

  /** Value of an attribute, empty when it isn't there. */
  String attribute(String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private int next() throws XMLStreamException, NativeModelException {
    int event = xml.next();
    bound.event();
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw broken("has a document type or an entity, which are refused");
    }
    return event;
  }

  /** Goes on to the start of the next child, or to the end of the element around it. */
  boolean nextChild() throws XMLStreamException, NativeModelException {
    while (true) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String namespace = xml.getNamespaceURI();
          if (namespace != null && !namespace.equals(NativeModelWriter.NAMESPACE)) {
            throw broken("has an element of another namespace");
          }
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!xml.isWhiteSpace()) {
            throw broken("has text where elements belong");
          }
        }
        case XMLStreamConstants.END_DOCUMENT -> throw broken("there is no element");
        default -> {
          // Comments and processing instructions mean nothing.
        }
      }
    }
  }

  /** The text of an element; ends at its end. */
  String text(long longest) throws XMLStreamException, NativeModelException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (text.length() + (long) xml.getTextLength() > longest) {
            throw broken("is beyond the limit for bytes of values");
          }
          text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamConstants.START_ELEMENT -> throw broken("has an element within a value");
        default -> {
          // Comments and processing instructions mean nothing.
        }
      }
    }
  }

  /** Passes over what may follow the root. */
  void toEnd() throws XMLStreamException, NativeModelException {
    while (xml.hasNext()) {
      next();
    }
  }
}
