package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;

/**
 * A series that the service has, of images of one frame each.
 *
 * @param syntax in which it is
 * @param image what its frames are
 * @param frames paths below the service, in order
 * @param bytes of all frames as they are transferred, without headers
 */
record StoredSeries(String syntax, ImageDescription image, List<String> frames, long bytes) {

  /** What the service will have when it was given these files. */
  static StoredSeries of(List<byte[]> files) throws IOException {
    List<String> paths = new ArrayList<>();
    long bytes = 0;
    for (byte[] file : files) {
      Attributes header = header(file);
      paths.add(
          "/studies/%s/series/%s/instances/%s/frames/1"
              .formatted(
                  header.getString(Tag.StudyInstanceUID, ""),
                  header.getString(Tag.SeriesInstanceUID, ""),
                  header.getString(Tag.SOPInstanceUID, "")));
      bytes += PixelFrames.of(ByteSource.of(file)).length(1);
    }
    byte[] first = files.getFirst();
    String syntax = PixelFrames.of(ByteSource.of(first)).transferSyntax();
    return new StoredSeries(syntax, ImageDescription.of(header(first)), paths, bytes);
  }

  private static Attributes header(byte[] file) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(file))) {
      return in.readDataSetUntil(Tag.PixelData);
    }
  }

  /** The samples of a frame as it came. */
  Samples decode(byte[] frame) throws IOException {
    FrameDecoder decoder =
        FrameDecoders.of(syntax).or(() -> ForeignCodecs.decoder(syntax)).orElseThrow();
    return decoder.decode(frame, syntax, image);
  }

  /** The samples of a file that was made, for comparison. */
  static Samples samples(byte[] file) throws IOException {
    ByteSource source = ByteSource.of(file);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    PixelFrames.of(source).copy(source, 1, frame);
    return of(List.of(file)).decode(frame.toByteArray());
  }
}
