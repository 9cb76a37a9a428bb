package org.regionalpacs.wado.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.wado.store.StoreOutcome.Failed;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MultipartFormatException;
import org.regionalpacs.wado.web.MultipartReader;
import org.springframework.stereotype.Component;

/** Stores Part 10 streams, each as it comes. */
@Component
class ObjectPayload {
  private static final String DICOM = StorePayload.Kind.OBJECTS.mediaType();

  private final ObjectReceiver receiver;
  private final StoreProperties properties;

  ObjectPayload(ObjectReceiver receiver, StoreProperties properties) {
    this.receiver = receiver;
    this.properties = properties;
  }

  /** Stores one object, or the parts of multipart/related. */
  StoreResult store(StoreRequest request, StorePayload payload, RequestBody body)
      throws IOException {
    List<StoreOutcome> outcomes = new ArrayList<>();
    try {
      if (payload.boundary().isPresent()) {
        receiver.requireRoom(body.rest());
        return parts(request, payload.boundary().get(), body, outcomes);
      }
      body.requireAtMost(properties.maxPart());
      receiver.requireRoom(body.rest());
      outcomes.add(receive(request, body.rest(), body));
      return StoreResult.complete(outcomes);
    } catch (TooLargeException e) {
      return StoreResult.tooLarge(outcomes, e.getMessage());
    }
  }

  private StoreResult parts(
      StoreRequest request, String boundary, RequestBody body, List<StoreOutcome> outcomes)
      throws IOException {
    try {
      MultipartReader parts = new MultipartReader(body, boundary);
      Optional<MultipartReader.Incoming> part = parts.next();
      while (part.isPresent()) {
        if (outcomes.size() == properties.maxParts()) {
          return StoreResult.tooLarge(
              outcomes, "The body has more than " + properties.maxParts() + " parts.");
        }
        outcomes.add(receive(request, body.rest(), part.get()));
        part = parts.next();
      }
      return StoreResult.complete(outcomes);
    } catch (MultipartFormatException e) {
      return StoreResult.broken(outcomes, e.getMessage());
    }
  }

  private StoreOutcome receive(
      StoreRequest request, OptionalLong announced, MultipartReader.Incoming part)
      throws IOException {
    String type = AcceptHeader.mediaType(part.headers().getOrDefault("content-type", DICOM)).type();
    return type.equals(DICOM)
        ? receive(request, announced, part.body())
        : Failed.nameless(FailureReason.CANNOT_UNDERSTAND, "a part is not application/dicom");
  }

  private StoreOutcome receive(StoreRequest request, OptionalLong announced, InputStream part10)
      throws IOException {
    InputStream bounded = new BoundedInput(part10, "An object", properties.maxPart());
    return receiver.receive(request, announced, bounded);
  }
}
