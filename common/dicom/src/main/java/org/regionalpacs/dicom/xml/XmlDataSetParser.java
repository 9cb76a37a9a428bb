package org.regionalpacs.dicom.xml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.PrivateBlock;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.json.BulkDataResolver;
import org.regionalpacs.dicom.json.ModelLimits;
import org.regionalpacs.dicom.json.ModelValues;

/** Reads one document of the Native DICOM Model. */
final class XmlDataSetParser {
  private static final String UTF_8 = "ISO_IR 192";

  private final XmlCursor xml;
  private final BulkDataResolver resolver;
  private final ModelLimits limits;
  private int elements;
  private long bytes;
  private boolean beyondAscii;

  XmlDataSetParser(XmlCursor xml, BulkDataResolver resolver, ModelLimits limits) {
    this.xml = xml;
    this.resolver = resolver;
    this.limits = limits;
  }

  Attributes parse() throws IOException, XMLStreamException {
    boolean root = xml.nextChild() && xml.name().equals("NativeDicomModel");
    expect(root, "the root isn't NativeDicomModel");
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, VR.CS, UTF_8);
    boolean declared = elements(dataSet, 0);
    xml.toEnd();
    return declared || beyondAscii ? dataSet : dataSet.remove(Tag.SpecificCharacterSet);
  }

  /** Reads elements up to the end of what holds them; whether a character set is among them. */
  private boolean elements(Attributes into, int depth) throws IOException, XMLStreamException {
    boolean declared = false;
    while (xml.nextChild()) {
      expect(xml.name().equals("DicomAttribute"), "has something else than DicomAttribute");
      countElement();
      String name = xml.attribute("tag");
      xml.enter(name);
      boolean usable = name.matches("[0-9A-Fa-f]{8}") && !name.regionMatches(true, 0, "FFFE", 0, 4);
      expect(usable, "is no tag of an element");
      int tag = placed(into, Integer.parseUnsignedInt(name, 16));
      boolean charset = tag == Tag.SpecificCharacterSet;
      expect(charset ? !declared : !into.contains(tag), "stands twice");
      element(into, tag, vr(tag), depth);
      if (charset) {
        into.setString(tag, VR.CS, UTF_8);
        declared = true;
      }
      xml.leave();
    }
    return declared;
  }

  private int placed(Attributes into, int tag) throws IOException {
    String creator = xml.attribute("privateCreator");
    if (creator.isEmpty()) {
      return tag;
    }
    expect(creator.length() <= 64 && creator.indexOf('\\') < 0, "has no usable private creator");
    expect(Tag.isPrivate(tag), "has a private creator, and isn't private");
    note(creator);
    try {
      return PrivateBlock.reserve(into, Tag.group(tag), creator).tag(tag & 0xFF);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw xml.broken(e.getMessage());
    }
  }

  private VR vr(int tag) throws IOException {
    String name = xml.attribute("vr");
    if (name.isEmpty()) {
      return ElementDictionary.vrOf(tag);
    }
    VR vr = name.length() == 2 ? VR.ofCode(name.charAt(0), name.charAt(1)) : null;
    expect(vr != null, "has a VR that doesn't exist");
    return vr;
  }

  private void element(Attributes into, int tag, VR vr, int depth)
      throws IOException, XMLStreamException {
    List<String> values = new ArrayList<>();
    Optional<byte[]> binary = Optional.empty();
    Optional<String> uri = Optional.empty();
    Optional<Sequence> items = vr == VR.SQ ? Optional.of(into.newSequence(tag)) : Optional.empty();
    while (xml.nextChild()) {
      boolean alone = values.isEmpty() && binary.isEmpty() && uri.isEmpty();
      switch (xml.name()) {
        case "Value" -> {
          expect(binary.isEmpty() && uri.isEmpty(), "has values of two kinds");
          fill(values);
          values.add(text());
        }
        case "PersonName" -> {
          expect(vr == VR.PN, "has a person name, and isn't of VR PN");
          fill(values);
          values.add(personName());
        }
        case "Item" ->
            item(items.orElseThrow(() -> xml.broken("has an item, and isn't of VR SQ")), depth);
        case "InlineBinary" -> {
          expect(alone && vr.kind() == VR.Kind.BYTES, "has an InlineBinary that it can't have");
          binary = Optional.of(binary());
        }
        case "BulkData" -> {
          expect(alone, "has values of two kinds");
          uri = Optional.of(reference());
          expect(!xml.nextChild(), "has something within BulkData");
        }
        default -> throw xml.broken("has an element that the model doesn't know");
      }
    }
    set(into, tag, vr, values, binary, uri);
  }

  private void set(
      Attributes into,
      int tag,
      VR vr,
      List<String> values,
      Optional<byte[]> binary,
      Optional<String> uri)
      throws IOException {
    if (uri.isPresent()) {
      resolver.resolve(into, tag, vr, uri.get());
    } else if (binary.isPresent()) {
      into.setBytes(tag, vr, binary.get());
    } else if (vr == VR.SQ) {
      expect(values.isEmpty(), "has values that are no items");
    } else if (vr.kind() == VR.Kind.BYTES && values.isEmpty()) {
      into.setEmpty(tag, vr);
    } else {
      try {
        ModelValues.set(into, tag, vr, values);
      } catch (IllegalArgumentException e) {
        throw xml.broken(e.getMessage());
      }
    }
  }

  private String reference() throws IOException {
    String uri = xml.attribute("uri");
    String either = uri.isEmpty() ? xml.attribute("uuid") : uri;
    expect(!either.isEmpty(), "has BulkData without uri or uuid");
    return either;
  }

  /** Values that are empty may be left out; their numbers are not given to others. */
  private void fill(List<String> values) throws IOException {
    String number = xml.attribute("number");
    expect(number.matches("[1-9][0-9]{0,8}"), "has a value without a number");
    int at = Integer.parseInt(number);
    expect(at > values.size() && at <= limits.maxElements(), "has a value with a wrong number");
    while (values.size() < at - 1) {
      values.add("");
      count(1);
    }
    count(8);
  }

  private void item(Sequence items, int depth) throws IOException, XMLStreamException {
    expect(depth < limits.maxDepth(), "nests deeper than " + limits.maxDepth() + " sequences");
    countElement();
    xml.enter(Integer.toString(items.size() + 1));
    elements(items.addItem(), depth + 1);
    xml.leave();
  }

  /** A.1.5: groups, and in them components, are elements by name. */
  private String personName() throws IOException, XMLStreamException {
    String[] groups = {"", "", ""};
    while (xml.nextChild()) {
      int group = NativeModelWriter.GROUPS.indexOf(xml.name());
      expect(group >= 0, "has a person name with a group that doesn't exist");
      String[] components = {"", "", "", "", ""};
      while (xml.nextChild()) {
        int component = NativeModelWriter.COMPONENTS.indexOf(xml.name());
        expect(component >= 0, "has a person name with a component that doesn't exist");
        components[component] = text();
        boolean delimiter = component < 4 && components[component].indexOf('^') >= 0;
        expect(!delimiter && components[component].indexOf('=') < 0, "has a delimiter in a name");
      }
      groups[group] = String.join("^", components).replaceAll("\\^+$", "");
    }
    return String.join("=", groups).replaceAll("=+$", "");
  }

  private byte[] binary() throws IOException, XMLStreamException {
    String text = xml.text((limits.maxBytes() - bytes) * 3 / 2);
    try {
      byte[] decoded = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      count(decoded.length);
      return decoded;
    } catch (IllegalArgumentException e) {
      throw xml.broken("has an InlineBinary that is no Base64");
    }
  }

  private String text() throws IOException, XMLStreamException {
    String text = xml.text(limits.maxBytes() - bytes);
    count(text.length());
    note(text);
    return text;
  }

  private void note(String text) {
    beyondAscii |= text.chars().anyMatch(c -> c > 0x7F);
  }

  private void countElement() throws IOException {
    String reason = "is beyond " + limits.maxElements() + " elements and items";
    expect(++elements <= limits.maxElements(), reason);
  }

  private void count(long more) throws IOException {
    bytes += more;
    expect(bytes <= limits.maxBytes(), "is beyond the limit for bytes of values");
  }

  private void expect(boolean condition, String reason) throws NativeModelException {
    if (!condition) {
      throw xml.broken(reason);
    }
  }
}
