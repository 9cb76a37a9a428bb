package org.regionalpacs.webworker.metadata;

import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.tracing.Stretch;

/** Follows every image, and keeps what is told. */
final class EveryImage implements ImageTraces {
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  /** The names of the stretches. */
  List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public boolean follows(UUID reception) {
    return true;
  }

  @Override
  public void received(Stretch stretch) {
    told.add(stretch.name());
  }

  @Override
  public void went(Stretch stretch) {
    told.add(stretch.name());
  }
}
