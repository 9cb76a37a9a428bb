package org.regionalpacs.consumer.indexer;

import java.util.List;
import java.util.Set;
import org.regionalpacs.consumer.DeadObjects;
import org.regionalpacs.consumer.ParallelWork;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.Postponed;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.index.IndexResult;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.QueryTagSet;
import org.regionalpacs.index.QueryTags;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Reads the headers of accepted objects, writes them into the index, and tells the topics {@code
 * dicom_state_queue} and {@code dicom_image_queue}. All of it happens before the offsets are
 * committed, and all of it again when the batch comes again.
 */
@Component
public class Indexer implements Step {
  static final String GROUP = "indexer";

  private final HeaderReader headers;
  private final IndexWriter index;
  private final LocationWriter locations;
  private final IndexEvents events;
  private final IndexerMetrics metrics;
  private final DeadObjects deadObjects;
  private final ParallelWork reads;
  private final QueryTags queryTags;
  private volatile QueryTagSet tags = QueryTagSet.NONE;

  Indexer(
      HeaderReader headers,
      IndexWriter index,
      LocationWriter locations,
      IndexEvents events,
      IndexerMetrics metrics,
      DeadObjects deadObjects,
      QueryTags queryTags,
      IndexerProperties properties) {
    this.headers = headers;
    this.index = index;
    this.locations = locations;
    this.events = events;
    this.metrics = metrics;
    this.deadObjects = deadObjects;
    this.queryTags = queryTags;
    this.reads = new ParallelWork(properties.parallelReads());
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public StepResult process(List<StorageRecord> batch) throws Exception {
    return process(batch, false);
  }

  /**
   * The same, but for a batch that has records which a blob store that is away may have: of that
   * nothing is written, as the first object that is written gives its study and patient their
   * attributes.
   */
  public StepResult processInOrder(List<StorageRecord> batch) throws Exception {
    return process(batch, true);
  }

  private StepResult process(List<StorageRecord> batch, boolean inOrder) throws Exception {
    QueryTagSet known = queryTags.since(tags);
    tags = known;
    Set<StorageRecord> dead = Set.copyOf(deadObjects.in(batch));
    ParallelWork.Results<ObjectHeader> read =
        reads.map(
            batch,
            record ->
                dead.contains(record)
                    ? headers.withoutHeader(record)
                    : headers.read(record, known));
    if (inOrder && read.leftUndone().later().stream().anyMatch(Postponed::storeAway)) {
      return read.leftUndone();
    }
    try {
      write(read.done());
    } catch (DataIntegrityViolationException e) {
      if (batch.size() > 1) {
        throw e;
      }
      // The database refuses a value that no reader of headers foresaw: without the header, then.
      write(List.of(headers.withoutHeader(batch.getFirst())));
    }
    return deadObjects.without(read.leftUndone(), batch);
  }

  /**
   * Places come first: who finds an instance in the index finds its bytes too. Those of deleted
   * objects are written as well: to be removed.
   */
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
