package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.RequestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the encoding of which frames are sent, the best for what is accepted that can be read.
 *
 * @param log of the request
 */
record FrameSearch(StoredInstances instances, FrameLayouts layouts, RequestLog log) {
  private static final Logger LOG = LoggerFactory.getLogger(FrameSearch.class);

  /**
   * Finds it.
   *
   * @param held the encodings there are, the original first
   * @param accepted most wanted first
   * @param numbers of the frames
   * @throws NotFoundException when there are no such frames
   * @throws NotAcceptableException when they can't be sent as accepted
   */
  OpenedFrames find(List<HeldEncoding> held, List<MediaRange> accepted, List<Integer> numbers)
      throws IOException {
    List<HeldEncoding> usable = new ArrayList<>(held);
    while (true) {
      FrameNegotiation.Plan plan = plan(accepted, usable, numbers);
      HeldEncoding chosen = plan.encoding();
      ByteSource bytes = instances.open(chosen.object(), log);
      PixelFrames pixels;
      try {
        pixels = pixels(chosen, bytes);
        requireThere(numbers, pixels.count());
        if (!chosen.isOriginal()) {
          bytes.open(0, 0).close();
        }
      } catch (IOException | NotFoundException e) {
        if (chosen.isOriginal()) {
          throw e;
        }
        LOG.warn(
            "Rendition {} of instance {} can't be read, the original goes out: {}",
            chosen.object().receptionId(),
            held.getFirst().object().sop(),
            e.getMessage());
        usable.remove(chosen);
        continue;
      }
      if (pixels.transferSyntax().equals(chosen.frameSyntax())) {
        return new OpenedFrames(plan, pixels, bytes);
      }
      // Not what the object says: native pixels in a compressed syntax, for example.
      usable.set(usable.indexOf(chosen), chosen.withFramesIn(pixels.transferSyntax()));
    }
  }

  /** That there are no such frames is said before what they could be sent as. */
  private FrameNegotiation.Plan plan(
      List<MediaRange> accepted, List<HeldEncoding> usable, List<Integer> numbers)
      throws IOException {
    try {
      return FrameNegotiation.plans(accepted, usable, numbers.size()).getFirst();
    } catch (NotAcceptableException e) {
      HeldEncoding original = usable.getFirst();
      PixelFrames pixels = pixels(original, instances.open(original.object(), log));
      requireThere(numbers, pixels.count());
      throw e;
    }
  }

  private PixelFrames pixels(HeldEncoding encoding, ByteSource bytes) throws IOException {
    try {
      return layouts.of(encoding.object(), bytes);
    } catch (NoPixelDataException | DicomFormatException e) {
      throw new NotFoundException(
          "Instance " + encoding.object().sop() + " has no pixel data that can be read.");
    }
  }

  private static void requireThere(List<Integer> numbers, int count) {
    for (int number : numbers) {
      if (number > count) {
        throw new NotFoundException(
            "There is no frame " + number + "; the instance has " + count + ".");
      }
    }
  }
}
