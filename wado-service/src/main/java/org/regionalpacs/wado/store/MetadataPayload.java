package org.regionalpacs.wado.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.intake.Intake;
import org.regionalpacs.intake.IntakeException;
import org.regionalpacs.intake.Spool;
import org.regionalpacs.wado.store.StoreOutcome.Failed;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.MultipartFormatException;
import org.regionalpacs.wado.web.MultipartReader;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.stereotype.Component;

/**
 * Stores objects whose metadata is JSON or XML, and whose bulk data comes in other parts, in
 * whatever order. All parts go to the disk first; then objects are made of them, one by one.
 */
@Component
class MetadataPayload {
  private final Intake intake;
  private final ObjectMaker maker;
  private final StoreProperties properties;

  MetadataPayload(Intake intake, ObjectMaker maker, StoreProperties properties) {
    this.intake = intake;
    this.maker = maker;
    this.properties = properties;
  }

  /** Stores the objects of a request; none when its body isn't whole. */
  StoreResult store(StoreRequest request, StorePayload payload, RequestBody body)
      throws IOException {
    Pieces pieces = new Pieces(request, payload.kind());
    try (Spool spool = intake.spool(body.rest())) {
      if (payload.boundary().isPresent()) {
        parts(payload.boundary().get(), body, pieces, spool);
      } else {
        body.requireAtMost(properties.maxMetadata());
        metadata(body, pieces, spool);
      }
      return maker.make(pieces, spool.bytes());
    } catch (IntakeException e) {
      throw new UnavailableException("Nothing was stored: " + e.getMessage(), e);
    } catch (TooLargeException e) {
      return StoreResult.tooLarge(pieces.failures(), e.getMessage());
    } catch (MultipartFormatException e) {
      return StoreResult.broken(pieces.failures(), e.getMessage());
    }
  }

  private void parts(String boundary, InputStream body, Pieces pieces, Spool spool)
      throws IntakeException, IOException {
    MultipartReader parts = new MultipartReader(body, boundary);
    int count = 0;
    Optional<MultipartReader.Incoming> part = parts.next();
    while (part.isPresent()) {
      if (count++ == properties.maxParts()) {
        throw new TooLargeException("The body has more than " + properties.maxParts() + " parts.");
      }
      take(part.get(), pieces, spool);
      part = parts.next();
    }
  }

  private void take(MultipartReader.Incoming part, Pieces pieces, Spool spool)
      throws IntakeException, IOException {
    Map<String, String> headers = part.headers();
    MediaRange type = AcceptHeader.mediaType(headers.getOrDefault("content-type", BulkPart.OCTETS));
    if (type.type().equals(pieces.kind().mediaType())) {
      metadata(part.body(), pieces, spool);
      return;
    }
    String location = headers.getOrDefault("content-location", "");
    if (!BulkParts.usable(location) || encoded(headers)) {
      String reason =
          encoded(headers)
              ? "bulk data is encoded, and must be sent as it is"
              : "bulk data has no Content-Location, or one longer than 512 characters";
      pieces.failures().add(Failed.nameless(FailureReason.BULK_DATA, reason));
      return;
    }
    InputStream bounded = new BoundedInput(part.body(), "A part", properties.maxPart());
    BulkData place = spool.append(bounded);
    pieces.bulk().add(location, new BulkPart(type.type(), type.transferSyntax(), place));
  }

  /** Base64 and the like (RFC 2045 6), or compressed. */
  private static boolean encoded(Map<String, String> headers) {
    String transfer = headers.getOrDefault("content-transfer-encoding", "binary");
    return !transfer.matches("(?i)binary|8bit|7bit")
        || !headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity");
  }

  private void metadata(InputStream text, Pieces pieces, Spool spool)
      throws IntakeException, IOException {
    pieces
        .metadata()
        .add(spool.append(new BoundedInput(text, "Metadata", properties.maxMetadata())));
  }
}
