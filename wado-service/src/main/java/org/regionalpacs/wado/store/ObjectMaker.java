package org.regionalpacs.wado.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.json.DicomJsonException;
import org.regionalpacs.dicom.json.DicomJsonReader;
import org.regionalpacs.dicom.json.ModelLimits;
import org.regionalpacs.dicom.xml.NativeModelException;
import org.regionalpacs.dicom.xml.NativeModelReader;
import org.regionalpacs.intake.Intake;
import org.regionalpacs.intake.IntakeException;
import org.regionalpacs.intake.Reception;
import org.regionalpacs.intake.Source;
import org.regionalpacs.wado.store.ObjectAssembler.Assembled;
import org.regionalpacs.wado.store.StoreOutcome.Failed;
import org.regionalpacs.wado.store.StoreOutcome.Reference;
import org.regionalpacs.wado.store.StoreOutcome.Stored;
import org.springframework.stereotype.Component;

/** Makes objects of metadata and bulk data, and gives them to intake. */
@Component
class ObjectMaker {
  private final Intake intake;
  private final StoreProperties properties;

  /** Metadata is in memory while an object is made; no client is waited for meanwhile. */
  private final Semaphore making;

  ObjectMaker(Intake intake, StoreProperties properties) {
    this.intake = intake;
    this.properties = properties;
    this.making = new Semaphore(properties.maxAssembled(), true);
  }

  /** Makes and stores all objects of a request, each by itself. */
  StoreResult make(Pieces pieces, ByteSource spool) throws IOException {
    List<StoreOutcome> outcomes = pieces.failures();
    Optional<String> problem = Optional.empty();
    for (BulkData part : pieces.metadata()) {
      JsonObjects.Found objects = objects(pieces, part, spool);
      for (BulkData object : objects.objects()) {
        outcomes.add(make(object, pieces, spool));
      }
      problem = problem.or(objects::problem);
    }
    if (problem.isEmpty() && allRead(outcomes)) {
      for (int i = 0; i < pieces.bulk().unused(); i++) {
        outcomes.add(
            Failed.nameless(FailureReason.BULK_DATA, "no object refers to a part of bulk data"));
      }
    }
    return new StoreResult(outcomes, problem, false);
  }

  /** Of metadata that couldn't be read nobody knows which bulk data it refers to. */
  private static boolean allRead(List<StoreOutcome> outcomes) {
    return outcomes.stream()
        .noneMatch(outcome ->
            outcome instanceof Failed failed
                && (failed.reason() == FailureReason.CANNOT_UNDERSTAND
                    || failed.reason() == FailureReason.TOO_LARGE));
  }

  private JsonObjects.Found objects(Pieces pieces, BulkData part, ByteSource spool)
      throws IOException {
    return switch (pieces.kind()) {
      case JSON -> {
        try (InputStream in = spool.open(part.offset(), part.length())) {
          yield JsonObjects.find(in, part.offset(), properties.maxParts());
        }
      }
      case XML, OBJECTS -> new JsonObjects.Found(List.of(part), Optional.empty());
    };
  }

  private StoreOutcome make(BulkData text, Pieces pieces, ByteSource spool) throws IOException {
    if (text.length() > properties.maxDataSet().toBytes()) {
      return Failed.nameless(
          FailureReason.TOO_LARGE,
          "metadata of an object is longer than "
              + properties.maxDataSet().toBytes()
              + " bytes; send long values as bulk data");
    }
    if (!turn()) {
      return Failed.nameless(FailureReason.OUT_OF_RESOURCES, "too many objects are being stored");
    }
    try {
      ObjectAssembler assembler =
          new ObjectAssembler(pieces.bulk(), spool, properties.maxPart().toBytes());
      Attributes dataSet = read(text, pieces.kind(), assembler, spool);
      Optional<Reference> object = Reference.ofDataSet(dataSet);
      try {
        return store(assembler.assemble(dataSet), object, pieces.request(), spool);
      } catch (RefusedObjectException e) {
        return e.outcome(object);
      }
    } catch (DicomJsonException e) {
      return new Failed(
          name(text, spool), FailureReason.CANNOT_UNDERSTAND, "metadata: " + e.getMessage());
    } catch (NativeModelException e) {
      return Failed.nameless(FailureReason.CANNOT_UNDERSTAND, "metadata: " + e.getMessage());
    } finally {
      making.release();
    }
  }

  private static Optional<Reference> name(BulkData json, ByteSource spool) throws IOException {
    try (InputStream in = spool.open(json.offset(), json.length())) {
      return JsonNames.find(in);
    }
  }

  private boolean turn() {
    try {
      return making.tryAcquire(properties.maxWait().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Attributes read(
      BulkData text, StorePayload.Kind kind, ObjectAssembler assembler, ByteSource spool)
      throws IOException {
    ModelLimits limits =
        new ModelLimits(
            ModelLimits.DEFAULT.maxDepth(),
            ModelLimits.DEFAULT.maxElements(),
            properties.maxDataSet().toBytes());
    try (InputStream in = spool.open(text.offset(), text.length())) {
      if (kind == StorePayload.Kind.XML) {
        return new NativeModelReader(assembler, limits).read(in);
      }
      List<Attributes> read = new ArrayList<>(1);
      new DicomJsonReader(assembler, limits).readAll(in, read::add);
      return read.getFirst();
    }
  }

  private StoreOutcome store(
      Assembled object, Optional<Reference> name, StoreRequest request, ByteSource spool)
      throws IOException {
    Optional<String> study = object.dataSet().getString(Tag.StudyInstanceUID);
    if (study.isPresent() && request.study().isPresent() && !study.equals(request.study())) {
      return new Failed(
          name,
          FailureReason.OTHER_STUDY,
          "the data set belongs to another study than the path names");
    }
    Reception reception =
        new Reception(
            request.scope().tenant(),
            object.transferSyntax(),
            Optional.empty(),
            Optional.empty(),
            "",
            "",
            Source.STOW,
            request.peer(),
            OptionalLong.of(object.bytes()));
    try {
      return new Stored(
          intake
              .receive(
                  reception,
                  out ->
                      DicomOutputStream.writeDataSet(
                          object.dataSet(), object.transferSyntax(), spool, out))
              .message());
    } catch (IntakeException e) {
      return new Failed(name, FailureReason.of(e.reason()), e.getMessage());
    }
  }
}
