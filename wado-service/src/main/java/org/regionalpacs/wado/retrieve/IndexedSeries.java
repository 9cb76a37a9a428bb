package org.regionalpacs.wado.retrieve;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.SeriesVersion;
import org.regionalpacs.metadata.FrameIndex;
import org.regionalpacs.metadata.IndexedFrames;

/**
 * The frames of a series' objects, as one version of the series has them, and the files where the
 * objects were last. Instances whose frames can't be sent as they lie are left out.
 */
final class IndexedSeries {
  private static final int OF_SERIES = 1_000;
  private static final int OF_INSTANCE = 800;
  private static final int OF_PIECE = 80;

  private final SeriesVersion version;
  private final Map<String, Instance> instances = new HashMap<>();
  private final Map<UUID, OnlineFile> files;
  private final int weight;

  /**
   * An instance.
   *
   * @param receptionId the version
   * @param encodings in which it is held
   * @param frames of the original
   */
  record Instance(UUID receptionId, Encodings encodings, PixelFrames frames) {}

  IndexedSeries(SeriesVersion version, FrameIndex index, Map<UUID, OnlineFile> files) {
    this.version = version;
    this.files = new ConcurrentHashMap<>();
    Map<Encodings, Encodings> alike = new HashMap<>();
    long bytes = OF_SERIES;
    for (IndexedFrames instance : index.instances()) {
      Optional<PixelFrames> frames = instance.frames().filter(f -> sentAsTheyLie(instance, f));
      if (frames.isPresent()) {
        Encodings encodings = alike.computeIfAbsent(Encodings.of(instance), same -> same);
        instances.put(
            instance.sop(), new Instance(instance.receptionId(), encodings, frames.get()));
        Optional.ofNullable(files.get(instance.receptionId()))
            .ifPresent(file -> this.files.put(instance.receptionId(), file));
        bytes += OF_INSTANCE + (long) OF_PIECE * frames.get().pieces();
      }
    }
    this.weight = (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  /** The object is what it says to be, and what goes out is what it holds. */
  private static boolean sentAsTheyLie(IndexedFrames instance, PixelFrames frames) {
    boolean compressed = !Recoder.canRecode(instance.transferSyntax());
    return frames.count() > 0
        && frames.encapsulated() == compressed
        && (!compressed || frames.transferSyntax().equals(instance.transferSyntax()))
        && frames.asTheyLie(1).isPresent();
  }

  SeriesVersion version() {
    return version;
  }

  Optional<Instance> instance(String sop) {
    return Optional.ofNullable(instances.get(sop));
  }

  Optional<OnlineFile> file(UUID reception) {
    return Optional.ofNullable(files.get(reception));
  }

  /** It is there now. */
  void found(InstanceObject object, OnlineFile file) {
    // Others were not weighed, and aren't asked for here.
    Optional.ofNullable(instances.get(object.sop()))
        .filter(instance -> instance.receptionId().equals(object.receptionId()))
        .ifPresent(_ -> files.put(object.receptionId(), file));
  }

  /** It isn't there any more. */
  void lost(UUID reception, OnlineFile file) {
    files.remove(reception, file);
  }

  /** Bytes of the heap, about. */
  int weight() {
    return weight;
  }
}
