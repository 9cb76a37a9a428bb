package org.regionalpacs.codec.transcode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * An object that was transcoded.
 *
 * @param file as Part 10
 * @param said what the transcoder says of it
 */
record Transcoding(byte[] file, Transcoded said) {

  static Transcoding of(byte[] file, Target target, Path scratch) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Transcoded said =
        new Transcoder(Codecs.inProcess(), scratch).transcode(ByteSource.of(file), target, out);
    return new Transcoding(out.toByteArray(), said);
  }

  static Transcoding of(byte[] file, String transferSyntax, Path scratch) throws IOException {
    return of(file, Target.lossless(transferSyntax), scratch);
  }

  Attributes dataSet() throws IOException {
    return Made.read(file);
  }
}
