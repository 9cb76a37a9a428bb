package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * Several sources as one, so that a data set may have values in each: a position has the number of
 * its source in the upper 16 bits. Positions of the first stay what they are.
 */
final class JoinedSource implements ByteSource {
  private static final int SHIFT = 48;

  private final List<ByteSource> sources = new ArrayList<>();

  JoinedSource(ByteSource first) {
    sources.add(first);
  }

  /** Adds a source, and says where its beginning is from now on. */
  long add(ByteSource source) {
    sources.add(source);
    return (long) (sources.size() - 1) << SHIFT;
  }

  /** Adds a source that is a value as a whole. */
  BulkData addValue(ByteSource source) throws IOException {
    return new BulkData(add(source), source.size());
  }

  @Override
  public long size() throws IOException {
    return ((long) (sources.size() - 1) << SHIFT) + sources.getLast().size();
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    return sources.get((int) (offset >>> SHIFT)).open(offset & (1L << SHIFT) - 1, length);
  }
}
