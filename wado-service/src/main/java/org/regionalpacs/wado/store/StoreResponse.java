package org.regionalpacs.wado.store;

import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
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
  private final List<Stored> stored;
  private final List<Failed> failed;

  /**
   * @param outcomes at least one
   */
  StoreResponse(TenantScope scope, List<StoreOutcome> outcomes) {
    this.scope = scope;
    this.stored = only(outcomes, Stored.class);
    this.failed = only(outcomes, Failed.class);
  }

  private static <T> List<T> only(List<StoreOutcome> outcomes, Class<T> type) {
    return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * The HTTP status.
   *
   * @param complete whether every object of the request was looked at
   */
  int status(boolean complete) {
    if (!stored.isEmpty()) {
      return failed.isEmpty() && complete ? 200 : 202;
    }
    return failed.stream().allMatch(one -> one.reason().passing()) ? 503 : 409;
  }

  /** What was wrong, each once, a few of them. */
  List<String> comments() {
    return failed.stream().map(Failed::comment).distinct().limit(MOST_COMMENTS).toList();
  }

  /** Bytes that were stored. */
  long bytes() {
    return stored.stream().mapToLong(one -> one.object().fileSize()).sum();
  }

  /** Writes it as DICOM JSON. */
  void write(OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      study().ifPresent(study -> text(json, Tag.RetrieveURL, VR.UR, scope.studyUrl(study)));
      if (!failed.isEmpty()) {
        sequence(json, Tag.FailedSOPSequence, failed, this::writeFailed);
      }
      if (!stored.isEmpty()) {
        sequence(json, Tag.ReferencedSOPSequence, stored, this::writeStored);
      }
      json.writeEndObject();
    }
  }

  /** The study of all that was stored, if there is one only. */
  private Optional<String> study() {
    Set<String> studies =
        stored.stream()
            .map(one -> one.object().study())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return studies.size() == 1 ? Optional.of(studies.iterator().next()) : Optional.empty();
  }

  private interface ItemWriter<T> {
    void write(JsonGenerator json, T item);
  }

  private static <T> void sequence(
      JsonGenerator json, int tag, List<T> items, ItemWriter<T> writer) {
    json.writeName(Tag.toHex(tag));
    json.writeStartObject();
    json.writeStringProperty("vr", VR.SQ.name());
    json.writeArrayPropertyStart("Value");
    for (T item : items) {
      json.writeStartObject();
      writer.write(json, item);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeFailed(JsonGenerator json, Failed one) {
    one.sopClass().ifPresent(uid -> text(json, Tag.ReferencedSOPClassUID, VR.UI, uid));
    one.sopInstance().ifPresent(uid -> text(json, Tag.ReferencedSOPInstanceUID, VR.UI, uid));
    json.writeName(Tag.toHex(Tag.FailureReason));
    json.writeStartObject();
    json.writeStringProperty("vr", VR.US.name());
    json.writeArrayPropertyStart("Value");
    json.writeNumber(one.reason().code());
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeStored(JsonGenerator json, Stored one) {
    StorageMessage object = one.object();
    if (!object.sopClass().isEmpty()) {
      text(json, Tag.ReferencedSOPClassUID, VR.UI, object.sopClass());
    }
    text(json, Tag.ReferencedSOPInstanceUID, VR.UI, object.sopInstance());
    text(
        json,
        Tag.RetrieveURL,
        VR.UR,
        scope.instanceUrl(object.study(), object.series(), object.sopInstance()));
  }

  private static void text(JsonGenerator json, int tag, VR vr, String value) {
    json.writeName(Tag.toHex(tag));
    json.writeStartObject();
    json.writeStringProperty("vr", vr.name());
    json.writeArrayPropertyStart("Value");
    json.writeString(value);
    json.writeEndArray();
    json.writeEndObject();
  }
}
