package org.regionalpacs.codec.transcode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;

/**
 * Compressed pixel data within items, such as icons, which is in the transfer syntax of the object.
 * In another it has to be decoded: there it may be without compression in every transfer syntax
 * (PS3.5 A.4).
 */
final class NestedPixels {
  /** Of icons, or private images, of an object together; all is in memory. */
  private static final long MOST_BYTES = 16 << 20;

  private final FrameDecoder decoder;
  private final String transferSyntax;
  private final ByteSource values;
  private final List<String> remarks;
  private long left = MOST_BYTES;

  /**
   * @param remarks that say what was left out are added
   */
  NestedPixels(
      FrameDecoder decoder, String transferSyntax, ByteSource values, List<String> remarks) {
    this.decoder = decoder;
    this.transferSyntax = transferSyntax;
    this.values = values;
    this.remarks = remarks;
  }

  /** Decodes what is in sequences. An icon that can't be is dropped, of other items the pixels. */
  void decode(Attributes dataSet) throws IOException {
    List<Integer> dropped = new ArrayList<>();
    for (Element element : dataSet) {
      if (element.value() instanceof Sequence items) {
        for (Attributes item : items) {
          if (!decodeItem(item, element.tag()) && element.tag() == Tag.IconImageSequence) {
            dropped.add(element.tag());
          }
          decode(item);
        }
      }
    }
    dropped.forEach(dataSet::remove);
  }

  private boolean decodeItem(Attributes item, int sequence) throws IOException {
    if (item.element(Tag.PixelData).map(Element::value).orElse(item)
        instanceof Fragments fragments) {
      try {
        Samples decoded = decoded(item, fragments);
        Samples samples =
            Original.hasAllBits(transferSyntax) ? decoded : NativeLayout.extended(decoded);
        ImageDescription image = samples.image();
        byte[] pixels = kept(NativeLayout.bytes(samples, image));
        ImageAttributes.describe(item, image);
        item.setBytes(Tag.PixelData, image.bitsAllocated() > 8 ? VR.OW : VR.OB, pixels);
      } catch (CorruptFrameException | UnsupportedImageException | DicomFormatException e) {
        item.remove(Tag.PixelData);
        remarks.add(
            "compressed pixel data within %s was left out: %s"
                .formatted(Tag.toString(sequence), e.getMessage()));
        return false;
      }
    }
    return true;
  }

  /** Counts what stays in memory; decoding may have made it longer than it was said to be. */
  private byte[] kept(byte[] pixels) throws UnsupportedImageException {
    requireRoom(pixels.length);
    left -= pixels.length;
    return pixels;
  }

  private void requireRoom(long length) throws UnsupportedImageException {
    if (length > left) {
      throw new UnsupportedImageException("with it items of the object have more than 16 MB");
    }
  }

  private Samples decoded(Attributes item, Fragments fragments) throws IOException {
    ImageDescription image = ImageDescription.of(item);
    if (item.getInt(Tag.NumberOfFrames, 1) > 1) {
      throw new UnsupportedImageException("it has several frames");
    }
    requireRoom(image.frameBytes());
    long length = fragments.stream().skip(1).mapToLong(Fragments::length).sum();
    if (length > 2 * MOST_BYTES) {
      throw new CorruptFrameException("it has " + length + " bytes");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
    for (Object fragment : fragments.subList(Math.min(1, fragments.size()), fragments.size())) {
      if (fragment instanceof BulkData bulk) {
        try (InputStream in = values.open(bulk.offset(), bulk.length())) {
          in.transferTo(bytes);
        }
      } else {
        bytes.writeBytes((byte[]) fragment);
      }
    }
    return decoder.decode(bytes.toByteArray(), transferSyntax, image);
  }
}
