package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;

/** An object whose samples stay as they are: only what is around them is encoded otherwise. */
record Rewriting(Original original, Target target) {

  Transcoded write(OutputStream out) throws IOException {
    int frames = frames();
    Part10.write(original.dataSet(), target.transferSyntax(), original.values(), out);
    return new Transcoded(
        original.dataSet().getString(Tag.SOPInstanceUID, ""), frames, false, List.of());
  }

  private int frames() throws IOException {
    try {
      return original.hasPixels() ? PixelFrames.of(original.part10()).count() : 0;
    } catch (NoPixelDataException e) {
      // Nobody can show them; they are kept all the same.
      return 0;
    }
  }
}
