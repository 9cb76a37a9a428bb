package org.regionalpacs.wado.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.json.BulkDataUris;
import org.regionalpacs.dicom.json.DicomJsonWriter;
import org.regionalpacs.dicom.xml.NativeModelWriter;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.wado.store.StoreOutcome.Failed;
import org.regionalpacs.wado.store.StoreOutcome.Stored;
import org.regionalpacs.wado.web.TenantScope;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** The answer to a store request (PS3.18 10.5.3, I.2): status and what became of each object. */
final class StoreResponse {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final int MOST_COMMENTS = 5;

  private final TenantScope scope;
  private final StoreResult result;
  private final List<Stored> stored;
  private final List<Failed> failed;

  /**
   * @param result with at least one outcome
   */
  StoreResponse(TenantScope scope, StoreResult result) {
    this.scope = scope;
    this.result = result;
    this.stored = only(result.outcomes(), Stored.class);
    this.failed = only(result.outcomes(), Failed.class);
  }

  private static <T> List<T> only(List<StoreOutcome> outcomes, Class<T> type) {
    return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The HTTP status (Table 10.5.3-1). */
  int status() {
    if (result.tooLarge() || all(FailureReason.TOO_LARGE)) {
      return 413;
    }
    if (!stored.isEmpty()) {
      return failed.isEmpty() && result.ended().isEmpty() ? 200 : 202;
    }
    return failed.stream().allMatch(one -> one.reason().passing()) ? 503 : 409;
  }

  private boolean all(FailureReason reason) {
    return stored.isEmpty() && failed.stream().allMatch(one -> one.reason() == reason);
  }

  /** Whether nothing was stored. */
  boolean nothingStored() {
    return stored.isEmpty();
  }

  /** What was wrong, each once, a few of them. */
  List<String> comments() {
    return failed.stream().map(Failed::comment).distinct().limit(MOST_COMMENTS).toList();
  }

  /** What all stored objects have in common; empty when they don't, or nothing was stored. */
  String common(Function<StorageMessage, String> uid) {
    List<String> different =
        stored.stream().map(one -> uid.apply(one.object())).distinct().toList();
    return different.size() == 1 ? different.getFirst() : "";
  }

  /** Writes it as DICOM JSON. */
  void writeJson(OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      new DicomJsonWriter(json, BulkDataUris.NONE).writeDataSet(dataSet());
    }
  }

  /** Writes it in the Native DICOM Model. */
  void writeXml(OutputStream out) throws IOException {
    new NativeModelWriter(BulkDataUris.NONE).write(dataSet(), out);
  }

  /** The Store Instances Response Module (Table I.2-1). */
  private Attributes dataSet() {
    Attributes dataSet = new Attributes().setString(Tag.RetrieveURL, VR.UR, studyUrl());
    List<Failed> named = failed.stream().filter(one -> one.object().isPresent()).toList();
    if (!named.isEmpty()) {
      Sequence items = dataSet.newSequence(Tag.FailedSOPSequence);
      named.forEach(one -> failed(items.addItem(), one));
    }
    if (!stored.isEmpty()) {
      Sequence items = dataSet.newSequence(Tag.ReferencedSOPSequence);
      stored.forEach(one -> stored(items.addItem(), one.object()));
    }
    if (named.size() < failed.size()) {
      Sequence items = dataSet.newSequence(Tag.OtherFailuresSequence);
      failed.stream()
          .filter(one -> one.object().isEmpty())
          .forEach(one -> reason(items.addItem(), one));
    }
    return dataSet;
  }

  /** Of all that was stored, if it is one study only. */
  private String studyUrl() {
    Set<String> studies =
        stored.stream().map(one -> one.object().study()).collect(Collectors.toSet());
    return studies.size() == 1 ? scope.studyUrl(studies.iterator().next()) : "";
  }

  private static void failed(Attributes item, Failed one) {
    one.object()
        .ifPresent(object -> {
          item.setString(Tag.ReferencedSOPClassUID, VR.UI, object.sopClass());
          item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, object.sopInstance());
        });
    reason(item, one);
  }

  private static void reason(Attributes item, Failed one) {
    item.setInt(Tag.FailureReason, VR.US, one.reason().code());
  }

  private void stored(Attributes item, StorageMessage object) {
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, object.sopClass());
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, object.sopInstance());
    item.setString(
        Tag.RetrieveURL,
        VR.UR,
        scope.instanceUrl(object.study(), object.series(), object.sopInstance()));
  }
}
