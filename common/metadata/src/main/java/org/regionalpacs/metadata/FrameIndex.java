package org.regionalpacs.metadata;

import java.util.List;

/**
 * Where the frames of all objects of a series are, without their headers being read.
 *
 * @param changeNumber of the series it was made from; it shows the series as it was then, or later
 * @param instances in the order of the series' metadata
 */
public record FrameIndex(long changeNumber, List<IndexedFrames> instances) {
  public FrameIndex {
    instances = List.copyOf(instances);
  }
}
