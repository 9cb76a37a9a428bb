package org.regionalpacs.dicom.xml;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.json.BulkDataUris;

/** Writes data sets in the Native DICOM Model (PS3.19 A.1), in UTF-8. */
public final class NativeModelWriter {
  static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";
  static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
  static final List<String> COMPONENTS =
      List.of("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix");

  /** Encoded bytes that are in memory at a time; divisible by 3, so that pieces join. */
  private static final int PIECE = 3 * 8192;

  private final BulkDataUris uris;

  public NativeModelWriter(BulkDataUris uris) {
    this.uris = uris;
  }

  /**
   * Writes a document. Group lengths are left out; the stream is flushed, not closed.
   *
   * @throws IOException when the stream fails
   */
  public void write(Attributes dataSet, OutputStream out) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("NativeDicomModel");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("xml:space", "preserve");
      elements(xml, dataSet, "");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException cause ? cause : new IOException(e);
    }
    writer.flush();
  }

  private void elements(XMLStreamWriter xml, Attributes dataSet, String parentPath)
      throws XMLStreamException {
    for (Element element : dataSet) {
      if (Tag.element(element.tag()) != 0) {
        xml.writeStartElement("DicomAttribute");
        name(xml, dataSet, element);
        value(xml, dataSet, element, parentPath + Tag.toHex(element.tag()));
        xml.writeEndElement();
      }
    }
  }

  /** A.1.5: of private elements the creator is named, and the block it has taken is not. */
  private static void name(XMLStreamWriter xml, Attributes dataSet, Element element)
      throws XMLStreamException {
    int tag = element.tag();
    int creatorTag = tag & 0xFFFF0000 | Tag.element(tag) >>> 8;
    Optional<String> creator =
        Tag.isPrivate(tag) && Tag.element(tag) > 0xFF
            ? dataSet.getString(creatorTag)
            : Optional.empty();
    xml.writeAttribute("tag", Tag.toHex(creator.isEmpty() ? tag : tag & 0xFFFF00FF));
    xml.writeAttribute("vr", element.vr().name());
    Optional<String> keyword = ElementDictionary.keywordOf(tag);
    if (keyword.isPresent()) {
      xml.writeAttribute("keyword", keyword.get());
    }
    if (creator.isPresent()) {
      // Attribute values have the same characters as text.
      xml.writeAttribute("privateCreator", creator.get().replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
  }

  private void value(XMLStreamWriter xml, Attributes dataSet, Element element, String path)
      throws XMLStreamException {
    switch (element.value()) {
      case Sequence items -> items(xml, items, path);
      case byte[] bytes when bytes.length == 0 -> {}
      case byte[] bytes when element.vr().kind() == VR.Kind.BYTES -> {
        if (!reference(xml, path, element.vr(), bytes.length)) {
          inline(xml, bytes, dataSet.isBigEndian() ? element.vr().unit() : 1);
        }
      }
      case byte[] bytes -> values(xml, dataSet, element);
      case BulkData bulk -> reference(xml, path, element.vr(), bulk.length());
      case Fragments fragments -> {
        long length = fragments.stream().skip(1).mapToLong(Fragments::length).sum();
        reference(xml, path, element.vr(), length);
      }
      default -> throw new IllegalStateException(path);
    }
  }

  private boolean reference(XMLStreamWriter xml, String path, VR vr, long length)
      throws XMLStreamException {
    Optional<String> uri = uris.uri(path, vr, length);
    if (uri.isPresent()) {
      xml.writeEmptyElement("BulkData");
      xml.writeAttribute("uri", uri.get());
    }
    return uri.isPresent();
  }

  private static void inline(XMLStreamWriter xml, byte[] bytes, int swapUnit)
      throws XMLStreamException {
    byte[] value = swapUnit > 1 ? ByteOrder.swapped(bytes, swapUnit) : bytes;
    xml.writeStartElement("InlineBinary");
    for (int from = 0; from < value.length; from += PIECE) {
      byte[] piece =
          java.util.Arrays.copyOfRange(value, from, Math.min(value.length, from + PIECE));
      xml.writeCharacters(Base64.getEncoder().encodeToString(piece));
    }
    xml.writeEndElement();
  }

  private void items(XMLStreamWriter xml, Sequence items, String path) throws XMLStreamException {
    for (int i = 0; i < items.size(); i++) {
      xml.writeStartElement("Item");
      xml.writeAttribute("number", Integer.toString(i + 1));
      elements(xml, items.get(i), path + "/" + (i + 1) + "/");
      xml.writeEndElement();
    }
  }

  private static void values(XMLStreamWriter xml, Attributes dataSet, Element element)
      throws XMLStreamException {
    // The document is in UTF-8, whatever the object was encoded in.
    List<String> values =
        element.tag() == Tag.SpecificCharacterSet
            ? List.of("ISO_IR 192")
            : dataSet.getStrings(element.tag());
    for (int i = 0; i < values.size(); i++) {
      boolean name = element.vr() == VR.PN;
      xml.writeStartElement(name ? "PersonName" : "Value");
      xml.writeAttribute("number", Integer.toString(i + 1));
      if (name) {
        personName(xml, values.get(i));
      } else {
        XmlText.write(xml, values.get(i));
      }
      xml.writeEndElement();
    }
  }

  private static void personName(XMLStreamWriter xml, String value) throws XMLStreamException {
    String[] groups = value.split("=", -1);
    for (int g = 0; g < Math.min(groups.length, GROUPS.size()); g++) {
      String[] components = groups[g].split("\\^", COMPONENTS.size());
      if (groups[g].chars().allMatch(c -> c == '^' || c == ' ')) {
        continue;
      }
      xml.writeStartElement(GROUPS.get(g));
      for (int c = 0; c < components.length; c++) {
        String component = components[c].stripTrailing();
        if (!component.isEmpty()) {
          xml.writeStartElement(COMPONENTS.get(c));
          XmlText.write(xml, component);
          xml.writeEndElement();
        }
      }
      xml.writeEndElement();
    }
  }
}
