package org.regionalpacs.wado.retrieve;

import java.util.OptionalLong;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.wado.web.Part;

/**
 * Frames that can be read.
 *
 * @param plan how they are sent
 * @param pixels where they are
 * @param bytes the file
 */
record OpenedFrames(FrameNegotiation.Plan plan, PixelFrames pixels, ByteSource bytes) {

  /** A frame as it is stored. */
  Part stored(int number) {
    return new Part(
        plan.contentType(),
        OptionalLong.of(pixels.length(number)),
        out -> pixels.copy(bytes, number, out));
  }
}
