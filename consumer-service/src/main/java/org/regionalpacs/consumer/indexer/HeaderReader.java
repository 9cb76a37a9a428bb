package org.regionalpacs.consumer.indexer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.index.IndexedInstance;
import org.regionalpacs.index.LocationRepository;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.QueryTagSet;
import org.regionalpacs.index.ReceivedObject;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.storage.ObjectMissingException;
import org.regionalpacs.storage.ObjectUnavailableException;
import org.regionalpacs.storage.StoredObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads the header of an accepted object from wherever the object is. */
@Component
class HeaderReader {
  private static final Logger LOG = LoggerFactory.getLogger(HeaderReader.class);

  /** Nothing that is indexed comes behind the pixels, which begin here (Float Pixel Data). */
  private static final int PIXELS = 0x7FE00008;

  private static final int LONGEST_VALUE = 16 * 1024;

  private final StoredObjects objects;
  private final LocationRepository locations;
  private final TenantCharsets charsets;

  HeaderReader(StoredObjects objects, LocationRepository locations, TenantCharsets charsets) {
    this.objects = objects;
    this.locations = locations;
    this.charsets = charsets;
  }

  /**
   * @param tags by which it is searched beside what is always indexed
   * @throws UnusableRecordException when the object is nowhere
   * @throws IOException when it can't be read now
   */
  ObjectHeader read(StorageRecord record, QueryTagSet tags)
      throws IOException, UnusableRecordException {
    StorageMessage message = record.message();
    Attributes header = header(message);
    return new ObjectHeader(
        record, IndexedInstance.of(object(message), header, tags), HeaderAttributes.of(header));
  }

  /** The object as the index gets it when its header spoils the batch. */
  ObjectHeader withoutHeader(StorageRecord record) {
    return new ObjectHeader(
        record, IndexedInstance.of(object(record.message()), new Attributes()), Map.of());
  }

  private Attributes header(StorageMessage message) throws IOException, UnusableRecordException {
    try (DicomInputStream in =
        DicomInputStream.of(open(message))
            .bulkDataThreshold(LONGEST_VALUE)
            .charsetFallback(charsets.of(message.tenant()))) {
      try {
        return in.readDataSetUntil(PIXELS);
      } catch (DicomFormatException | RuntimeException e) {
        warn(message, e);
        return in.readSoFar();
      }
    } catch (DicomFormatException e) {
      warn(message, e);
      return new Attributes();
    }
  }

  private ByteSource open(StorageMessage message) throws IOException, UnusableRecordException {
    try {
      return found(List.of(Places.location(message)));
    } catch (ObjectMissingException e) {
      return elsewhere(message)
          .orElseThrow(() ->
              new UnusableRecordException(
                  "the object is neither online nor in the archive: " + message.filePath(), e));
    } catch (ObjectUnavailableException e) {
      // On a node that can't be reached: the archive may have it meanwhile.
      return elsewhere(message).orElseThrow(() -> e);
    } catch (IllegalArgumentException e) {
      throw new UnusableRecordException("FilePath: " + e.getMessage(), e);
    }
  }

  /** One of the places that are known by now. */
  private Optional<ByteSource> elsewhere(StorageMessage message) throws IOException {
    List<ObjectLocation> places = new ArrayList<>();
    locations
        .of(message.tenant(), message.receptionId())
        .forEach(place -> places.add(place.place()));
    try {
      return Optional.of(found(places));
    } catch (ObjectMissingException e) {
      return Optional.empty();
    }
  }

  /** It is there: no byte of it has to move to know that. */
  private ByteSource found(List<ObjectLocation> places) throws IOException {
    ByteSource object = objects.open(places);
    object.open(0, 0).close();
    return object;
  }

  private static void warn(StorageMessage message, Exception e) {
    ImageFields.of(LOG.atWarn(), message)
        .log(
            "Header can't be read to its end; the object is indexed by what is known:"
                + " tenant={} study={} series={} sop={} reception={} reason={}",
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId(),
            e.getMessage());
  }

  private static ReceivedObject object(StorageMessage message) {
    return new ReceivedObject(
        message.tenant(),
        message.receptionId(),
        message.study(),
        message.series(),
        message.sopInstance(),
        message.sopClass(),
        message.transferSyntax(),
        message.digest(),
        message.fileSize(),
        message.dataSetOffset(),
        message.received(),
        message.patientId());
  }
}
