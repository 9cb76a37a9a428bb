package org.regionalpacs.consumer.indexer;

import java.util.List;
import org.regionalpacs.consumer.ParallelWork;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.index.IndexResult;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Reads the headers of accepted objects, writes them into the index, and tells the topics {@code
 * dicom_state_queue} and {@code dicom_image_queue}. All of it happens before the offsets are
 * committed, and all of it again when the batch comes again.
 */
@Component
class Indexer implements Step {
  static final String GROUP = "indexer";

  private final HeaderReader headers;
  private final IndexWriter index;
  private final LocationWriter locations;
  private final IndexEvents events;
  private final IndexerMetrics metrics;
  private final ParallelWork reads;

  Indexer(
      HeaderReader headers,
      IndexWriter index,
      LocationWriter locations,
      IndexEvents events,
      IndexerMetrics metrics,
      IndexerProperties properties) {
    this.headers = headers;
    this.index = index;
    this.locations = locations;
    this.events = events;
    this.metrics = metrics;
    this.reads = new ParallelWork(properties.parallelReads());
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public StepResult process(List<StorageRecord> batch) throws Exception {
    ParallelWork.Results<ObjectHeader> read = reads.map(batch, headers::read);
    try {
      write(read.done());
    } catch (DataIntegrityViolationException e) {
      if (batch.size() > 1) {
        throw e;
      }
      // The database refuses a value that no reader of headers foresaw: without the header, then.
      write(List.of(headers.withoutHeader(batch.getFirst())));
    }
    return read.leftUndone();
  }

  /** Places come first: who finds an instance in the index finds its bytes too. */
  private void write(List<ObjectHeader> objects) {
    locations.upsert(
        objects.stream()
            .map(object -> object.record().message())
            .map(message -> Places.at(message, Places.location(message)))
            .toList());
    IndexResult result = index.index(objects.stream().map(ObjectHeader::instance).toList());
    events.publish(result, objects);
    metrics.indexed(result);
  }
}
