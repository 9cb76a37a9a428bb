package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * An object that becomes a compressed one. All frames are encoded before the first byte is written.
 */
record Encoding(Original original, Target target, Codecs codecs, Spools spools) {

  Transcoded write(OutputStream out) throws IOException {
    FrameEncoder encoder = encoder();
    FrameDecoder decoder = original.decoder(codecs);
    DecodedFrames frames = original.frames(decoder);
    ImageDescription encoded = encoded(encoder, frames.image());
    try (Spool spool = spools.open();
        MovedOverlays overlays = MovedOverlays.of(original, frames.image(), spools)) {
      EncodedFrames done = new EncodedFrames(encoder, target, spool);
      KeptBits kept = KeptBits.of(target.transferSyntax(), frames.image(), overlays.moved());
      for (int frame = 1; frame <= frames.count(); frame++) {
        Samples samples = frames.frame(frame);
        check(kept, samples, frame);
        done.add(overlays.takenOff(samples));
      }
      return write(frames, decoder, encoded, done, overlays, spool, out);
    }
  }

  private static void check(KeptBits kept, Samples samples, int frame)
      throws FrameTranscodingException {
    try {
      kept.check(samples);
    } catch (UnsupportedImageException e) {
      throw new FrameTranscodingException(frame, e);
    }
  }

  private FrameEncoder encoder() throws TranscodingRefusedException {
    String syntax = target.transferSyntax();
    Optional<FrameEncoder> encoder = codecs.encoder(syntax);
    if (encoder.isEmpty() || !target.isLossless() && Loss.method(syntax).isEmpty()) {
      throw new TranscodingRefusedException(
          Reason.NO_ENCODER,
          "there is no encoder into " + syntax + (target.isLossless() ? "" : " with loss"));
    }
    return encoder.get();
  }

  private ImageDescription encoded(FrameEncoder encoder, ImageDescription image)
      throws TranscodingRefusedException {
    try {
      return encoder.encoded(image, target.transferSyntax(), target.options());
    } catch (UnsupportedImageException e) {
      throw new TranscodingRefusedException(Reason.UNSUPPORTED_IMAGE, e);
    }
  }

  private Transcoded write(
      DecodedFrames frames,
      FrameDecoder decoder,
      ImageDescription encoded,
      EncodedFrames done,
      MovedOverlays overlays,
      Spool spool,
      OutputStream out)
      throws IOException {
    Attributes dataSet = original.dataSet();
    List<String> remarks = new ArrayList<>();
    Changes changes = new Changes(original, frames, remarks);
    changes.nestedPixels(decoder);
    changes.image(encoded);
    changes.lossBefore();
    changes.signatures();
    if (!target.transferSyntax().equals(UID.RLELossless)) {
      ImageAttributes.keepPaddingWithin(dataSet, encoded);
    }
    JoinedSource values = new JoinedSource(original.values());
    overlays.setTo(dataSet, values, frames.count());
    done.setTo(dataSet, values.add(spool));
    if (!target.isLossless()) {
      derive(dataSet, encoded, done);
    }
    Part10.write(dataSet, target.transferSyntax(), values, out);
    return new Transcoded(
        dataSet.getString(Tag.SOPInstanceUID, ""), done.count(), !target.isLossless(), remarks);
  }

  private void derive(Attributes dataSet, ImageDescription encoded, EncodedFrames done) {
    String method = Loss.method(target.transferSyntax()).orElseThrow();
    Loss loss = Loss.of(method, encoded, done.count(), done.bytes());
    LossAttributes.add(loss, dataSet);
    String uid = DerivedUid.of(dataSet.getString(Tag.SOPInstanceUID, ""), target);
    LossAttributes.derive(dataSet, loss, uid);
  }
}
