package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/**
 * What changes in a data set whose pixel data is encoded anew, into whatever.
 *
 * @param remarks to be added to
 */
record Changes(Original original, DecodedFrames frames, List<String> remarks) {

  /** Pixel data in items is in the transfer syntax of the object. */
  void nestedPixels(FrameDecoder decoder) throws IOException {
    new NestedPixels(decoder, original.transferSyntax(), original.values(), remarks)
        .decode(original.dataSet());
  }

  /** What samples are now, and how many frames there really are. */
  void image(ImageDescription image) {
    Attributes dataSet = original.dataSet();
    int promised = dataSet.getInt(Tag.NumberOfFrames, 1);
    if (promised != frames.count()) {
      remarks.add("Number of Frames was %d, and there are %d".formatted(promised, frames.count()));
    }
    int stored = dataSet.getInt(Tag.BitsStored, image.bitsStored());
    if (stored < frames.image().bitsStored() && dataSet.getInt(Tag.BitsAllocated, 0) > 1) {
      remarks.add(
          "Bits Stored was %d, and samples have %d".formatted(stored, frames.image().bitsStored()));
    }
    ImageAttributes.count(dataSet, frames.count());
    ImageAttributes.describe(dataSet, image);
  }

  /** A transfer syntax that is never without loss has to be remembered (PS3.3 C.7.6.1.1.5). */
  void lossBefore() {
    Optional<String> method = Loss.always(original.transferSyntax());
    if (method.isPresent() && !LossAttributes.areThere(original.dataSet())) {
      ImageDescription image = frames.image();
      LossAttributes.add(
          Loss.of(method.get(), image, frames.count(), frames.storedBytes()), original.dataSet());
    }
  }

  /**
   * A signature over pixel data is of its encoding (PS3.15 C.1.1): what can't be verified any more
   * looks like a forgery. The original has it.
   */
  void signatures() {
    Attributes dataSet = original.dataSet();
    if (dataSet.contains(Tag.DigitalSignaturesSequence)
        || dataSet.contains(Tag.MACParametersSequence)) {
      dataSet.remove(Tag.DigitalSignaturesSequence).remove(Tag.MACParametersSequence);
      remarks.add("digital signatures were left out: they are of the pixel data as it was encoded");
    }
  }
}
