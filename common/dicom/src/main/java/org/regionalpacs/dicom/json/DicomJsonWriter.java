package org.regionalpacs.dicom.json;

import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import tools.jackson.core.JsonGenerator;

/** Writes data sets in the DICOM JSON model (PS3.18 Annex F). */
public final class DicomJsonWriter {
  private static final String[] PERSON_NAME_GROUPS = {"Alphabetic", "Ideographic", "Phonetic"};

  private final JsonGenerator json;
  private final BulkDataUris uris;

  public DicomJsonWriter(JsonGenerator json, BulkDataUris uris) {
    this.json = json;
    this.uris = uris;
  }

  /** Writes one JSON object: a member an element, without group lengths (F.2.2). */
  public void writeDataSet(Attributes dataSet) {
    json.writeStartObject();
    writeElements(dataSet);
    json.writeEndObject();
  }

  /** Writes the members of the object only, so that the caller can add others. */
  public void writeElements(Attributes dataSet) {
    elements(dataSet, "");
  }

  private void elements(Attributes dataSet, String parentPath) {
    for (Element element : dataSet) {
      if (Tag.element(element.tag()) != 0) {
        element(dataSet, element, parentPath);
      }
    }
  }

  private void element(Attributes dataSet, Element element, String parentPath) {
    String tag = Tag.toHex(element.tag());
    json.writeName(tag);
    json.writeStartObject();
    json.writeStringProperty("vr", element.vr().name());
    switch (element.value()) {
      case Sequence items -> items(items, parentPath + tag);
      case byte[] bytes when element.vr().kind() == VR.Kind.BYTES ->
          bytes(dataSet, element, bytes, parentPath + tag);
      case byte[] bytes -> values(dataSet, element, bytes.length);
      case BulkData empty when empty.length() == 0 -> {}
      case BulkData bulk ->
          uris.uri(parentPath + tag, element.vr(), bulk.length()).ifPresent(this::uri);
      case Fragments fragments -> {
        long length = fragments.stream().skip(1).mapToLong(Fragments::length).sum();
        uris.uri(parentPath + tag, element.vr(), length).ifPresent(this::uri);
      }
      default -> throw new IllegalStateException(tag);
    }
    json.writeEndObject();
  }

  private void uri(String uri) {
    json.writeStringProperty("BulkDataURI", uri);
  }

  private void items(Sequence items, String path) {
    if (items.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("Value");
    for (int i = 0; i < items.size(); i++) {
      json.writeStartObject();
      elements(items.get(i), path + "/" + (i + 1) + "/");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void bytes(Attributes dataSet, Element element, byte[] bytes, String path) {
    if (bytes.length == 0) {
      return;
    }
    Optional<String> uri = uris.uri(path, element.vr(), bytes.length);
    if (uri.isPresent()) {
      uri(uri.get());
      return;
    }
    int unit = element.vr().unit();
    boolean swap = dataSet.isBigEndian() && unit > 1;
    json.writeBinaryProperty("InlineBinary", swap ? ByteOrder.swapped(bytes, unit) : bytes);
  }

  private void values(Attributes dataSet, Element element, int length) {
    if (length == 0) {
      return;
    }
    if (element.tag() == Tag.SpecificCharacterSet) {
      // F.2.1: JSON is in UTF-8, whatever the object was encoded in.
      json.writeArrayPropertyStart("Value");
      json.writeString("ISO_IR 192");
      json.writeEndArray();
      return;
    }
    List<String> values = dataSet.getStrings(element.tag());
    if (values.isEmpty() || element.vr() == VR.PN && values.stream().allMatch(this::namesNobody)) {
      return;
    }
    json.writeArrayPropertyStart("Value");
    for (String value : values) {
      if (value.isEmpty()) {
        json.writeNull();
      } else {
        value(element.vr(), value);
      }
    }
    json.writeEndArray();
  }

  private boolean namesNobody(String value) {
    return value.chars().allMatch(c -> c == '^' || c == '=' || c == ' ');
  }

  private void value(VR vr, String value) {
    switch (vr) {
      case PN -> personName(value);
      case IS, DS, FL, FD, SL, SS, SV, UL, US, UV -> JsonNumbers.write(json, value);
      default -> json.writeString(value);
    }
  }

  /** PS3.5 6.2.1.2: trailing empty components and their delimiters may be left out. */
  private static String withoutEmptyComponents(String group) {
    int end = group.length();
    while (end > 0 && (group.charAt(end - 1) == '^' || group.charAt(end - 1) == ' ')) {
      end--;
    }
    return group.substring(0, end);
  }

  private void personName(String value) {
    String[] groups = value.split("=", -1);
    json.writeStartObject();
    for (int i = 0; i < Math.min(groups.length, PERSON_NAME_GROUPS.length); i++) {
      String group = withoutEmptyComponents(groups[i]);
      if (!group.isEmpty()) {
        json.writeStringProperty(PERSON_NAME_GROUPS[i], group);
      }
    }
    json.writeEndObject();
  }
}
