package org.regionalpacs.codec.transcode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

/**
 * Makes of one frame what {@link Transcoder} makes of it in its object, without the others. The
 * header of that goes with its frame, here it stays as it is: where it wouldn't hold, the frame is
 * refused. Thread-safe.
 *
 * @param codecs to decode and encode with
 */
public record FrameTranscoder(Codecs codecs) {

  /** Whether an attribute has to be in the header. */
  public static boolean needs(int tag) {
    int group = tag >>> 16;
    return group == 0x0028 || group == 0x7FE0 || group >= 0x6000 && group <= 0x601E;
  }

  /**
   * A frame in another transfer syntax, without loss.
   *
   * @param frame its bytes: native in little endian byte order, or the whole codestream
   * @param from in which it is; Explicit VR Little Endian of all that is native
   * @param header the attributes that are {@linkplain #needs needed}; long values may be missing
   * @param to Explicit VR Little Endian, or one that there is an encoder into
   * @throws TranscodingRefusedException when such a frame isn't transcoded so, or the header
   *     wouldn't hold for it
   * @throws CodecException when it can't be decoded or encoded
   */
  public byte[] transcode(byte[] frame, String from, Attributes header, String to)
      throws IOException {
    if (header.contains(Tag.FloatPixelData) || header.contains(Tag.DoubleFloatPixelData)) {
      throw new TranscodingRefusedException(
          Reason.FLOATING_POINT, "Float Pixel Data isn't compressed");
    }
    ImageDescription described = described(header);
    FrameDecoder decoder =
        codecs
            .decoder(from)
            .orElseThrow(() ->
                new TranscodingRefusedException(
                    Reason.NO_DECODER, "there is no decoder of " + from));
    ShownByHeader shown = new ShownByHeader(described);
    Samples samples = shown.fitted(decoder.decode(frame, from, described));
    return to.equals(UID.ExplicitVRLittleEndian)
        ? decoded(samples, from, header, described)
        : encoded(samples, from, header, to, shown);
  }

  private static ImageDescription described(Attributes header) throws TranscodingRefusedException {
    try {
      return ImageDescription.of(header);
    } catch (UnsupportedImageException e) {
      throw new TranscodingRefusedException(Reason.UNSUPPORTED_IMAGE, e);
    }
  }

  private static byte[] decoded(
      Samples samples, String from, Attributes header, ImageDescription described) {
    ImageDescription layout = Decoding.layout(samples.image(), header);
    ImageDescription image = described.planar() ? layout.inPlanes() : layout;
    if (image.bitsAllocated() == 1) {
      PackedBits bits = new PackedBits();
      int pixels = Math.toIntExact(image.pixels());
      ByteArrayOutputStream packed = new ByteArrayOutputStream(pixels / 8 + 1);
      packed.writeBytes(bits.add(pixels, pixel -> samples.value(pixel, 0) != 0));
      packed.writeBytes(bits.rest());
      return packed.toByteArray();
    }
    boolean free = image.signed() && !Original.hasAllBits(from);
    return NativeLayout.bytes(free ? NativeLayout.extended(samples) : samples, image);
  }

  private byte[] encoded(
      Samples samples, String from, Attributes header, String to, ShownByHeader shown)
      throws IOException {
    FrameEncoder encoder =
        codecs
            .encoder(to)
            .orElseThrow(() ->
                new TranscodingRefusedException(
                    Reason.NO_ENCODER, "there is no encoder into " + to));
    shown.require(encoder.encoded(samples.image(), to, Target.lossless(to).options()), to);
    List<EmbeddedOverlay> overlays =
        Original.hasAllBits(from) ? EmbeddedOverlay.of(header, samples.image()) : List.of();
    KeptBits.of(to, samples.image(), overlays).check(samples);
    Samples wanted = overlays.isEmpty() ? samples : NativeLayout.cleaned(samples);
    return encoder.encode(wanted, to, Target.lossless(to).options()).bytes();
  }
}
