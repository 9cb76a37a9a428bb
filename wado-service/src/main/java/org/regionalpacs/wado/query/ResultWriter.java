package org.regionalpacs.wado.query;

import java.util.Arrays;
import java.util.OptionalInt;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.wado.web.TenantScope;

/**
 * Writes a result as a DICOM JSON object (PS3.18 F.2), in the order of tags. What the index keeps
 * as JSON is copied as it is, byte by byte. One for each request.
 */
final class ResultWriter {
  private static final String UTF_8 = "ISO_IR 192";

  /** An array without elements. */
  private static final int EMPTY_ARRAY = 2;

  private final TenantScope scope;
  private final Selection selection;
  private final ResultAttributes attributes = new ResultAttributes();
  private final int[] ofStudy;
  private final int[] ofSeries;

  ResultWriter(TenantScope scope, Selection selection) {
    this.scope = scope;
    this.selection = selection;
    this.ofStudy = selection.returned(Level.STUDY);
    this.ofSeries = selection.returned(Level.SERIES);
  }

  /** Writes one result. */
  void write(SearchRow row, JsonBytes json) {
    attributes.clear();
    put(Tag.SpecificCharacterSet, VR.CS, UTF_8);
    study(row.study());
    row.series().ifPresent(this::series);
    row.instance().ifPresent(this::instance);
    TagValues.put(row.tags(), selection.tags(), attributes);
    put(Tag.InstanceAvailability, VR.CS, row.nearline() ? "NEARLINE" : "ONLINE");
    url(row);
    attributes.writeTo(json);
  }

  private void study(SearchRow.OfStudy study) {
    required(Level.STUDY);
    copy(study.patientAttributes(), ofStudy);
    copy(study.attributes(), ofStudy);
    put(Tag.StudyInstanceUID, VR.UI, study.uid());
    if (selection.returnsComputed(Tag.ModalitiesInStudy, Level.STUDY)) {
      putArray(Tag.ModalitiesInStudy, VR.CS, study.modalities());
    }
    if (selection.returns(Tag.SOPClassesInStudy, Level.STUDY)) {
      putArray(Tag.SOPClassesInStudy, VR.UI, study.sopClasses());
    }
    if (selection.returnsComputed(Tag.NumberOfStudyRelatedSeries, Level.STUDY)) {
      put(Tag.NumberOfStudyRelatedSeries, VR.IS, study.seriesCount());
    }
    if (selection.returnsComputed(Tag.NumberOfStudyRelatedInstances, Level.STUDY)) {
      put(Tag.NumberOfStudyRelatedInstances, VR.IS, study.instanceCount());
    }
  }

  private void series(SearchRow.OfSeries series) {
    required(Level.SERIES);
    copy(series.attributes(), ofSeries);
    put(Tag.SeriesInstanceUID, VR.UI, series.uid());
    if (selection.returnsComputed(Tag.NumberOfSeriesRelatedInstances, Level.SERIES)) {
      put(Tag.NumberOfSeriesRelatedInstances, VR.IS, series.instanceCount());
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

  private void url(SearchRow row) {
    String study = row.study().uid();
    String url =
        row.series()
            .map(series ->
                row.instance()
                    .map(instance -> scope.instanceUrl(study, series.uid(), instance.uid()))
                    .orElseGet(() -> scope.seriesUrl(study, series.uid())))
            .orElseGet(() -> scope.studyUrl(study));
    put(Tag.RetrieveURL, VR.UR, url);
  }

  private void required(Level level) {
    selection
        .required(level)
        .forEach((tag, vr) -> {
          begin(tag, vr).add('}');
          attributes.end(tag);
        });
  }

  /** Copies what is returned of a kept object. */
  private void copy(byte[] kept, int[] returned) {
    KeptObject.read(
        kept,
        (tag, start, end) -> {
          if (selection.all() || Arrays.binarySearch(returned, tag) >= 0) {
            attributes.put(tag, kept, start, end);
          }
        });
  }

  private JsonBytes begin(int tag, VR vr) {
    return attributes.begin(tag).add("{\"vr\":\"").add(vr.name()).add('"');
  }

  private void put(int tag, VR vr, String value) {
    begin(tag, vr).add(",\"Value\":[").addQuoted(value).add("]}");
    attributes.end(tag);
  }

  private void put(int tag, VR vr, int value) {
    begin(tag, vr).add(",\"Value\":[").add(value).add("]}");
    attributes.end(tag);
  }

  private void put(int tag, VR vr, OptionalInt value) {
    value.ifPresent(number -> put(tag, vr, number));
  }

  private void putArray(int tag, VR vr, byte[] values) {
    JsonBytes json = begin(tag, vr);
    if (values.length > EMPTY_ARRAY) {
      json.add(",\"Value\":").add(values);
    }
    json.add('}');
    attributes.end(tag);
  }
}
