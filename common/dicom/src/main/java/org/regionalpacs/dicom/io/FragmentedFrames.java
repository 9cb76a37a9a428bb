package org.regionalpacs.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;

/**
 * Which fragments make which frame, be they in memory or in their source. They are laid out one
 * after the other, as they are in a file, for {@link EncapsulatedFrames} to look at.
 */
final class FragmentedFrames implements ByteSource {
  private final NavigableMap<Long, Object> parts = new TreeMap<>();
  private final Optional<ByteSource> source;
  private long end;

  private FragmentedFrames(Optional<ByteSource> source) {
    this.source = source;
  }

  /**
   * The fragments of each frame.
   *
   * @param fragments the Basic Offset Table and at least one fragment
   * @throws NoPixelDataException when it can't be told which fragments make which frame
   */
  static List<List<Object>> find(
      Fragments fragments, Attributes dataSet, Optional<ByteSource> source) throws IOException {
    FragmentedFrames laidOut = new FragmentedFrames(source);
    Fragments places = new Fragments();
    for (Object fragment : fragments) {
      places.add(laidOut.place(fragment));
    }
    Attributes header = new Attributes(dataSet.isBigEndian());
    dataSet
        .element(Tag.ExtendedOffsetTable)
        .filter(e -> e.value() instanceof byte[] || e.value() instanceof BulkData)
        .ifPresent(e -> header.set(e.tag(), e.vr(), laidOut.place(e.value())));
    int count = Math.max(1, dataSet.getInt(Tag.NumberOfFrames, 1));
    List<List<Object>> frames = new ArrayList<>();
    for (List<BulkData> frame : EncapsulatedFrames.find(places, count, header, laidOut)) {
      frames.add(frame.stream().map(part -> laidOut.parts.get(part.offset())).toList());
    }
    return frames;
  }

  private BulkData place(Object part) {
    // An empty part has a place of its own too: its item's head lies before it.
    BulkData place = new BulkData(end + ElementHeads.ITEM, Fragments.length(part));
    parts.put(place.offset(), part);
    end = place.offset() + place.length();
    return place;
  }

  @Override
  public long size() {
    return end;
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    Map.Entry<Long, Object> at = parts.floorEntry(offset);
    long skip = offset - at.getKey();
    if (at.getValue() instanceof byte[] bytes) {
      return new ByteArrayInputStream(bytes, (int) skip, (int) length);
    }
    BulkData bulk = (BulkData) at.getValue();
    return source
        .orElseThrow(() -> new EOFException("fragments were left in their source"))
        .open(bulk.offset() + skip, length);
  }
}
