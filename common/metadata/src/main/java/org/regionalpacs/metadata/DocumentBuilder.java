package org.regionalpacs.metadata;

import java.io.IOException;
import java.util.List;
import org.regionalpacs.index.InstanceObject;

/** Writes the document of a series from its instances, in their order, holding a few at a time. */
final class DocumentBuilder {
  private final InstanceTextReader reader;
  private final int parallelReads;

  DocumentBuilder(InstanceTextReader reader, int parallelReads) {
    this.reader = reader;
    this.parallelReads = parallelReads;
  }

  /**
   * Writes document, frame index and the index of the document; what an older document says of an
   * instance is not read again.
   */
  Result build(
      List<InstanceObject> instances, OlderDocument older, String baseUrl, CountingOutputStream out)
      throws IOException {
    DocumentWriter writer = new DocumentWriter(out);
    List<InstanceObject> unknown = older.prepareFor(instances);
    FrameIndexDraft frames = new FrameIndexDraft(instances.size());
    try (ReadAhead read =
        new ReadAhead(unknown, each -> reader.read(each, baseUrl), parallelReads)) {
      for (InstanceObject instance : instances) {
        InstanceText text = older.has(instance) ? older.text(instance) : read.next();
        writer.add(instance.receptionId(), text);
        frames.add(IndexedFrames.of(instance, text.layout()));
      }
    }
    DocumentIndex index = writer.finish();
    long size = out.count();
    frames.writeTo(out);
    long framesSize = out.count() - size;
    index.writeTo(out);
    boolean complete = index.entries().stream().allMatch(DocumentIndex.Entry::lasting);
    return new Result(size, framesSize, complete, unknown.size());
  }

  /**
   * A document written.
   *
   * @param size bytes of the gzipped document, without what follows
   * @param framesSize bytes of the frame index behind it
   * @param complete whether all files could be reached
   * @param read how many files were read
   */
  record Result(long size, long framesSize, boolean complete, int read) {}
}
