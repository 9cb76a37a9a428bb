package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/**
 * Frames that were compressed and lie in a spool: offset tables, and how much was saved, stand
 * before the pixel data, and are known after the last frame.
 */
final class EncodedFrames {
  private final FrameEncoder encoder;
  private final Target target;
  private final Spool spool;
  private final List<BulkData> places = new ArrayList<>();

  EncodedFrames(FrameEncoder encoder, Target target, Spool spool) {
    this.encoder = encoder;
    this.target = target;
    this.spool = spool;
  }

  /** Encodes the next frame. */
  void add(Samples samples) throws IOException {
    int number = places.size() + 1;
    try {
      EncodedFrame frame = encoder.encode(samples, target.transferSyntax(), target.options());
      places.add(spool.append(frame.bytes()));
    } catch (CodecException e) {
      throw new FrameTranscodingException(number, e);
    }
  }

  int count() {
    return places.size();
  }

  /** Bytes of all codestreams. */
  long bytes() {
    return spool.size();
  }

  /**
   * Sets pixel data of one fragment a frame, and the offset table that reaches far enough: the
   * basic one (PS3.5 A.4), or beyond 4 GB the extended one (PS3.3 C.7.6.3.1.8).
   *
   * @param start where the spool begins
   */
  void setTo(Attributes dataSet, long start) {
    Optional<byte[]> basic = OffsetTables.basic(places);
    dataSet.remove(Tag.ExtendedOffsetTable).remove(Tag.ExtendedOffsetTableLengths);
    if (basic.isEmpty()) {
      boolean bigEndian = dataSet.isBigEndian();
      dataSet.set(Tag.ExtendedOffsetTable, VR.OV, OffsetTables.extended(places, bigEndian));
      dataSet.set(Tag.ExtendedOffsetTableLengths, VR.OV, OffsetTables.lengths(places, bigEndian));
    }
    Fragments fragments = new Fragments();
    fragments.add(basic.orElse(new byte[0]));
    for (BulkData place : places) {
      fragments.add(new BulkData(start + place.offset(), place.length()));
    }
    dataSet.set(Tag.PixelData, VR.OB, fragments);
  }
}
