package org.regionalpacs.dicom.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Reads one data set of the DICOM JSON model (PS3.18 F.2). */
final class JsonDataSetParser {
  private static final String UTF_8 = "ISO_IR 192";

  private final JsonParser json;
  private final BulkDataResolver resolver;
  private final ModelLimits limits;
  private final Deque<String> path = new ArrayDeque<>();
  private int elements;
  private long bytes;
  private boolean beyondAscii;

  JsonDataSetParser(JsonParser json, BulkDataResolver resolver, ModelLimits limits) {
    this.json = json;
    this.resolver = resolver;
    this.limits = limits;
  }

  /** What the members of an element's object say, in whatever order they come. */
  private static final class Members {
    private Optional<VR> vr = Optional.empty();
    private Optional<byte[]> binary = Optional.empty();
    private Optional<String> uri = Optional.empty();
    private final List<String> values = new ArrayList<>();
    private boolean value;
    private boolean items;
  }

  Attributes parse() throws IOException {
    Attributes dataSet = new Attributes().setString(Tag.SpecificCharacterSet, VR.CS, UTF_8);
    json.nextToken();
    boolean declared = members(dataSet, 0);
    return declared || beyondAscii ? dataSet : dataSet.remove(Tag.SpecificCharacterSet);
  }

  /** Reads elements up to the end of their object; whether a character set is among them. */
  private boolean members(Attributes into, int depth) throws IOException {
    boolean declared = false;
    while (json.currentToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      path.addLast(name);
      countElement();
      if (!isTag(name) || name.regionMatches(true, 0, "FFFE", 0, 4)) {
        throw broken("is no tag of an element");
      }
      int tag = Integer.parseUnsignedInt(name, 16);
      boolean charset = tag == Tag.SpecificCharacterSet;
      if (charset ? declared : into.contains(tag)) {
        throw broken("stands twice");
      }
      element(into, tag, depth);
      if (charset) {
        // F.2.1: JSON is in UTF-8, and so is what it becomes.
        into.setString(tag, VR.CS, UTF_8);
        declared = true;
      }
      path.removeLast();
      json.nextToken();
    }
    return declared;
  }

  private static boolean isTag(String name) {
    return name.matches("[0-9A-Fa-f]{8}");
  }

  private void element(Attributes into, int tag, int depth) throws IOException {
    expect(json.nextToken() == JsonToken.START_OBJECT, "is no object");
    Members members = new Members();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "vr" -> members.vr = Optional.of(vr());
        case "Value" -> {
          expect(!members.value, "has two Values");
          members.value = true;
          values(into, tag, members, depth);
        }
        case "InlineBinary" -> members.binary = Optional.of(binary());
        case "BulkDataURI" -> members.uri = Optional.of(text());
        case "DataFragment" -> throw broken("has fragments, which PS3.18 has no member for");
        default -> json.skipChildren();
      }
    }
    set(into, tag, members);
  }

  private VR vr() throws IOException {
    String name = text();
    VR vr = name.length() == 2 ? VR.ofCode(name.charAt(0), name.charAt(1)) : null;
    expect(vr != null, "has a VR that doesn't exist");
    return vr;
  }

  private void values(Attributes into, int tag, Members members, int depth) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY, "has a Value that is no array");
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      switch (token) {
        case VALUE_NULL -> members.values.add("");
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> members.values.add(text());
        case START_OBJECT -> {
          boolean ended = json.nextToken() == JsonToken.END_OBJECT;
          VR vr = members.vr.orElse(ElementDictionary.vrOf(tag));
          boolean item = !ended && members.vr.isEmpty() ? isTag(json.currentName()) : vr == VR.SQ;
          if (item) {
            members.items = true;
            item(into, tag, depth);
          } else {
            members.values.add(name());
          }
        }
        case null, default -> throw broken("has a value that is no string, number or object");
      }
      // A list costs memory even when its values are empty.
      count(8);
      expect(members.values.size() <= limits.maxElements(), "has too many values");
    }
  }

  private void item(Attributes into, int tag, int depth) throws IOException {
    expect(depth < limits.maxDepth(), "nests deeper than " + limits.maxDepth() + " sequences");
    countElement();
    Sequence items = into.getSequence(tag).orElseGet(() -> into.newSequence(tag));
    path.addLast(Integer.toString(items.size() + 1));
    members(items.addItem(), depth + 1);
    path.removeLast();
  }

  /** F.2.2: the groups of a person name are members of an object. */
  private String name() throws IOException {
    String[] groups = {"", "", ""};
    while (json.currentToken() == JsonToken.PROPERTY_NAME) {
      int group =
          switch (json.currentName()) {
            case "Alphabetic" -> 0;
            case "Ideographic" -> 1;
            case "Phonetic" -> 2;
            default -> throw broken("has a person name with a group that doesn't exist");
          };
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        groups[group] = text();
        expect(groups[group].indexOf('=') < 0, "has an equals sign within a group of a name");
      }
      json.nextToken();
    }
    return String.join("=", groups).replaceAll("=+$", "");
  }

  private byte[] binary() throws IOException {
    expect(json.currentToken() == JsonToken.VALUE_STRING, "has an InlineBinary that is no string");
    ByteArrayOutputStream decoded =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] from, int offset, int length) {
            bytes += length;
            if (bytes <= limits.maxBytes()) {
              super.write(from, offset, length);
            }
          }
        };
    json.readBinaryValue(decoded);
    count(0);
    return decoded.toByteArray();
  }

  private String text() throws IOException {
    expect(json.currentToken().isScalarValue(), "has an object or array in the place of a string");
    String text = json.getString();
    count(text.length());
    beyondAscii |= text.chars().anyMatch(c -> c > 0x7F);
    return text;
  }

  private void set(Attributes into, int tag, Members members) throws IOException {
    VR vr = members.vr.orElseGet(() -> members.items ? VR.SQ : ElementDictionary.vrOf(tag));
    int kinds =
        (members.value ? 1 : 0)
            + (members.binary.isEmpty() ? 0 : 1)
            + (members.uri.isEmpty() ? 0 : 1);
    expect(kinds <= 1, "has more than one of Value, InlineBinary and BulkDataURI");
    expect(!members.items || vr == VR.SQ, "has items, and isn't of VR SQ");
    if (members.uri.isPresent()) {
      resolver.resolve(into, tag, vr, members.uri.get());
    } else if (vr == VR.SQ) {
      expect(members.values.isEmpty() && members.binary.isEmpty(), "has values that are no items");
      if (!members.items) {
        into.newSequence(tag);
      }
    } else if (members.binary.isPresent()) {
      expect(vr.kind() == VR.Kind.BYTES, "has an InlineBinary, which VR " + vr + " can't have");
      into.setBytes(tag, vr, members.binary.get());
    } else if (vr.kind() == VR.Kind.BYTES && members.values.isEmpty()) {
      into.setEmpty(tag, vr);
    } else {
      try {
        ModelValues.set(into, tag, vr, members.values);
      } catch (IllegalArgumentException e) {
        throw broken(e.getMessage());
      }
    }
  }

  private void countElement() throws IOException {
    String reason = "is beyond " + limits.maxElements() + " elements and items";
    expect(++elements <= limits.maxElements(), reason);
  }

  private void count(long more) throws IOException {
    bytes += more;
    expect(bytes <= limits.maxBytes(), "is beyond " + limits.maxBytes() + " bytes of values");
  }

  private void expect(boolean condition, String reason) throws DicomJsonException {
    if (!condition) {
      throw broken(reason);
    }
  }

  private DicomJsonException broken(String reason) {
    TokenStreamLocation at = json.currentLocation();
    return new DicomJsonException(reason, String.join("/", path), at.getLineNr(), at.getColumnNr());
  }
}
