package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.codec.transcode.Target;
import org.regionalpacs.codec.transcode.Transcoder;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;

/** What a series is transferred as. */
enum TransferForm {
  ORIGINAL("original", Target.lossless(UID.ExplicitVRLittleEndian)),
  JPEG_2000("JPEG 2000 lossless", Target.lossless(UID.JPEG2000Lossless)),
  JPEG_LS("JPEG-LS lossless", Target.lossless(UID.JPEGLSLossless)),
  HTJ2K("HTJ2K lossless", Target.lossless(UID.HTJ2KLossless)),
  JPEG_2000_LOSSY(
      "JPEG 2000, 10 : 1", new Target(UID.JPEG2000, EncoderOptions.of(new Quality.Ratio(10))));

  private final String text;
  private final Target target;

  TransferForm(String text, Target target) {
    this.text = text;
    this.target = target;
  }

  String text() {
    return text;
  }

  /** What is missing to encode it. */
  Optional<String> missing() {
    if (this == HTJ2K) {
      return CodecTool.isInstalled(OpenjphEncoder.PROGRAM)
          ? Optional.empty()
          : Optional.of("`ojph_compress` isn't installed");
    }
    boolean there = isOriginal() || Codecs.inProcess().encoder(target.transferSyntax()).isPresent();
    return there ? Optional.empty() : Optional.of("its library isn't installed");
  }

  boolean isOriginal() {
    return this == ORIGINAL;
  }

  boolean isExact() {
    return target.options().quality() instanceof Quality.Lossless;
  }

  /** The files of a series in it, encoded one after the other. */
  List<byte[]> of(List<byte[]> series, Path scratch) throws IOException {
    if (isOriginal()) {
      return series;
    }
    List<byte[]> files = new ArrayList<>();
    for (byte[] file : series) {
      files.add(this == HTJ2K ? OpenjphEncoder.encode(file, scratch) : transcoded(file, scratch));
    }
    return files;
  }

  private byte[] transcoded(byte[] file, Path scratch) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    new Transcoder(Codecs.inProcess(), scratch).transcode(ByteSource.of(file), target, out);
    return out.toByteArray();
  }
}
