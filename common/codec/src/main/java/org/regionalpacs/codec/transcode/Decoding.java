package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** A compressed object that becomes one that isn't; frames are decoded while they are written. */
record Decoding(Original original, Target target, Codecs codecs) {
  private static final long LONGEST_VALUE = 0xFFFF_FFFEL;

  Transcoded write(OutputStream out) throws IOException {
    Attributes dataSet = original.dataSet();
    FrameDecoder decoder = original.decoder(codecs);
    DecodedFrames frames = original.frames(decoder);
    ImageDescription image = layout(frames.image(), dataSet);
    NativePixels pixels = new NativePixels(frames, image, !original.hasAllBits());
    if (pixels.size() > LONGEST_VALUE) {
      throw new TranscodingRefusedException(
          Reason.TOO_LONG,
          "%d bytes of pixels are more than fit without compression".formatted(pixels.size()));
    }
    List<String> remarks = new ArrayList<>();
    Changes changes = new Changes(original, frames, remarks);
    changes.nestedPixels(decoder);
    changes.image(image);
    changes.lossBefore();
    changes.signatures();
    dataSet.remove(Tag.ExtendedOffsetTable).remove(Tag.ExtendedOffsetTableLengths);
    JoinedSource values = new JoinedSource(original.values());
    dataSet.set(Tag.PixelData, image.bitsAllocated() > 8 ? VR.OW : VR.OB, values.addValue(pixels));
    Part10.write(dataSet, target.transferSyntax(), values, out);
    return new Transcoded(
        dataSet.getString(Tag.SOPInstanceUID, ""), frames.count(), false, remarks);
  }

  /** By plane, or of one bit, only where the data set says so already. */
  static ImageDescription layout(ImageDescription image, Attributes dataSet) {
    boolean bit = dataSet.getInt(Tag.BitsAllocated, 0) == 1 && image.bitsStored() == 1;
    if (bit && image.photometric().samples() == 1) {
      return new ImageDescription(
          image.rows(), image.columns(), image.photometric(), 1, 1, 0, image.signed(), false);
    }
    boolean planes = dataSet.getInt(Tag.PlanarConfiguration, 0) == 1;
    return image.planar() && !planes ? image.inPixels(image.photometric()) : image;
  }
}
