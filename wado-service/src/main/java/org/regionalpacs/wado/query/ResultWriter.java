package org.regionalpacs.wado.query;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.wado.web.TenantScope;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a result as a DICOM JSON object (PS3.18 F.2), in the order of tags. What the index keeps
 * as JSON is copied as it is, never built anew.
 */
final class ResultWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String UTF_8 = "ISO_IR 192";

  private final TenantScope scope;
  private final Selection selection;
  private final Map<String, String> attributes = new TreeMap<>();

  ResultWriter(TenantScope scope, Selection selection) {
    this.scope = scope;
    this.selection = selection;
  }

  /** Writes one result. */
  void write(SearchRow row, JsonGenerator json) {
    attributes.clear();
    put(Tag.SpecificCharacterSet, VR.CS, UTF_8);
    study(row.study());
    row.series().ifPresent(this::series);
    row.instance().ifPresent(this::instance);
    TagValues.put(row.tags(), selection.tags(), attributes);
    put(Tag.InstanceAvailability, VR.CS, row.nearline() ? "NEARLINE" : "ONLINE");
    put(Tag.RetrieveURL, VR.UR, url(row));
    json.writeStartObject();
    attributes.forEach((tag, value) -> {
      json.writeName(tag);
      json.writeRawValue(value);
    });
    json.writeEndObject();
  }

  private void study(SearchRow.OfStudy study) {
    required(Level.STUDY);
    copy(study.patientAttributes(), Level.STUDY);
    copy(study.attributes(), Level.STUDY);
    put(Tag.StudyInstanceUID, VR.UI, study.uid());
    if (selection.returnsComputed(Tag.ModalitiesInStudy, Level.STUDY)) {
      put(Tag.ModalitiesInStudy, VR.CS, study.modalities());
    }
    if (selection.returns(Tag.SOPClassesInStudy, Level.STUDY)) {
      put(Tag.SOPClassesInStudy, VR.UI, study.sopClasses());
    }
    if (selection.returnsComputed(Tag.NumberOfStudyRelatedSeries, Level.STUDY)) {
      put(Tag.NumberOfStudyRelatedSeries, VR.IS, OptionalInt.of(study.seriesCount()));
    }
    if (selection.returnsComputed(Tag.NumberOfStudyRelatedInstances, Level.STUDY)) {
      put(Tag.NumberOfStudyRelatedInstances, VR.IS, OptionalInt.of(study.instanceCount()));
    }
  }

  private void series(SearchRow.OfSeries series) {
    required(Level.SERIES);
    copy(series.attributes(), Level.SERIES);
    put(Tag.SeriesInstanceUID, VR.UI, series.uid());
    if (selection.returnsComputed(Tag.NumberOfSeriesRelatedInstances, Level.SERIES)) {
      put(Tag.NumberOfSeriesRelatedInstances, VR.IS, OptionalInt.of(series.instanceCount()));
    }
  }

  private void instance(SearchRow.OfInstance instance) {
    required(Level.INSTANCE);
    put(Tag.SOPInstanceUID, VR.UI, instance.uid());
    if (!instance.sopClass().isEmpty()) {
      put(Tag.SOPClassUID, VR.UI, instance.sopClass());
    }
    put(Tag.InstanceNumber, VR.IS, instance.number());
    put(Tag.Rows, VR.US, instance.rows());
    put(Tag.Columns, VR.US, instance.columns());
    put(Tag.BitsAllocated, VR.US, instance.bitsAllocated());
    put(Tag.NumberOfFrames, VR.IS, instance.frames());
    if (selection.returns(Tag.AvailableTransferSyntaxUID, Level.INSTANCE)) {
      put(Tag.AvailableTransferSyntaxUID, VR.UI, instance.transferSyntax());
    }
  }

  private String url(SearchRow row) {
    String study = row.study().uid();
    if (row.series().isEmpty()) {
      return scope.studyUrl(study);
    }
    String series = row.series().get().uid();
    return row.instance()
        .map(instance -> scope.instanceUrl(study, series, instance.uid()))
        .orElseGet(() -> scope.seriesUrl(study, series));
  }

  private void required(Level level) {
    selection
        .required(level)
        .forEach((tag, vr) -> attributes.put(Tag.toHex(tag), "{\"vr\":\"" + vr + "\"}"));
  }

  /** Copies what is returned of a kept object. */
  private void copy(String kept, Level level) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), kept)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        if (selection.returns(Integer.parseUnsignedInt(name, 16), level)) {
          attributes.put(name, kept.substring(start, end));
        }
      }
    }
  }

  private void put(int tag, VR vr, String value) {
    put(tag, vr, List.of(value));
  }

  private void put(int tag, VR vr, List<String> values) {
    StringBuilder json = new StringBuilder("{\"vr\":\"").append(vr).append('"');
    String separator = ",\"Value\":[\"";
    for (String value : values) {
      json.append(separator).append(JsonStringEncoder.getInstance().quoteAsCharArray(value));
      separator = "\",\"";
    }
    attributes.put(Tag.toHex(tag), json.append(values.isEmpty() ? "}" : "\"]}").toString());
  }

  private void put(int tag, VR vr, OptionalInt value) {
    value.ifPresent(number ->
        attributes.put(Tag.toHex(tag), "{\"vr\":\"" + vr + "\",\"Value\":[" + number + "]}"));
  }
}
