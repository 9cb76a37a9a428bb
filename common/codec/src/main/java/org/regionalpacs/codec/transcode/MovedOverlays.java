package org.regionalpacs.codec.transcode;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;

/** The overlays in pixel cells, which are taken off frame by frame and become overlays apart. */
final class MovedOverlays implements Closeable {
  private record Moved(EmbeddedOverlay overlay, Spool spool, PackedBits bits) {
    void add(Samples samples) throws IOException {
      int size = samples.image().bitsAllocated() / 8;
      int at = overlay.bit() / 8;
      int mask = 1 << overlay.bit() % 8;
      byte[] cells = samples.bytes();
      int pixels = Math.toIntExact(samples.image().pixels());
      spool.append(bits.add(pixels, pixel -> (cells[pixel * size + at] & mask) != 0));
    }
  }

  private final ImageDescription image;
  private final List<Moved> all = new ArrayList<>();

  private MovedOverlays(ImageDescription image) {
    this.image = image;
  }

  /** Those of an object; what most codecs make has no bits that don't count. */
  static MovedOverlays of(Original original, ImageDescription image, Spools spools)
      throws IOException {
    MovedOverlays moved = new MovedOverlays(image);
    if (!original.hasAllBits()) {
      return moved;
    }
    try {
      for (EmbeddedOverlay overlay : EmbeddedOverlay.of(original.dataSet(), image)) {
        Spool spool = spools.open();
        moved.all.add(new Moved(overlay, spool, new PackedBits()));
      }
      return moved;
    } catch (IOException e) {
      moved.close();
      throw e;
    }
  }

  /** Which they are. */
  List<EmbeddedOverlay> moved() {
    return all.stream().map(Moved::overlay).toList();
  }

  /** Takes the overlays off a frame. */
  Samples takenOff(Samples samples) throws IOException {
    if (all.isEmpty()) {
      return samples;
    }
    for (Moved moved : all) {
      moved.add(samples);
    }
    return NativeLayout.cleaned(samples);
  }

  /** Sets them, all frames having been taken off. */
  void setTo(Attributes dataSet, JoinedSource values, int frames) throws IOException {
    for (Moved moved : all) {
      moved.spool().append(moved.bits().rest());
      moved.overlay().moveTo(values.addValue(moved.spool()), frames, dataSet, image);
    }
  }

  @Override
  public void close() throws IOException {
    for (Moved moved : all) {
      moved.spool().close();
    }
  }
}
