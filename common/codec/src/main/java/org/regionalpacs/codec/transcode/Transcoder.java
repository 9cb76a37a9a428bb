package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.dicom.io.WriteOptions;

/**
 * Makes of an object the same one in another transfer syntax, or with loss another one derived from
 * it. Memory is needed for the header and a few frames. Thread-safe.
 */
public final class Transcoder {
  private final Codecs codecs;
  private final Path scratch;
  private final SpoolRoom room;

  /**
   * @param codecs to decode and encode with
   * @param scratch a folder in which compressed frames wait until the last one is there, and what
   *     was deflated
   * @param room how much of it there is
   */
  public Transcoder(Codecs codecs, Path scratch, SpoolRoom room) {
    this.codecs = codecs;
    this.scratch = scratch;
    this.room = room;
  }

  /** Of objects that come from nobody else: scratch has no bound. */
  public Transcoder(Codecs codecs, Path scratch) {
    this(codecs, scratch, SpoolRoom.ofEach(Long.MAX_VALUE));
  }

  /**
   * Writes the object as a Part 10 file. What has its samples already as they are wanted is
   * rewritten without decoding them.
   *
   * @param part10 the object
   * @param out is flushed, not closed; nothing is written before everything that can be refused is
   *     known
   * @throws TranscodingRefusedException when such an object isn't transcoded so, or takes more of
   *     the disk than there is for one
   * @throws IOException as {@link SpoolRoom#take}, or when it can't be read or written
   * @throws FrameTranscodingException when a frame can't be decoded or encoded, or bits of its
   *     samples would be lost (see {@link KeptBits})
   * @throws org.regionalpacs.dicom.io.DicomFormatException when the object can't be read to its end
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public Transcoded transcode(ByteSource part10, Target target, OutputStream out)
      throws IOException {
    return transcode(part10, target, new Spools(scratch, room), out);
  }

  private Transcoded transcode(ByteSource part10, Target target, Spools spools, OutputStream out)
      throws IOException {
    if (target.transferSyntax().equals(UID.ExplicitVRBigEndian)) {
      throw new TranscodingRefusedException(
          Reason.NO_ENCODER, "Explicit VR Big Endian is retired and isn't written");
    }
    Original original = Original.read(part10);
    if (isAsWanted(original, target)) {
      return new Rewriting(original, target).write(out);
    }
    if (isNative(target)) {
      return new Decoding(original, target, codecs).write(out);
    }
    if (original.transferSyntax().equals(UID.DeflatedExplicitVRLittleEndian)) {
      return inflated(part10, target, spools, out);
    }
    return new Encoding(original, target, codecs, spools).write(out);
  }

  /** Each frame would be looked for from the start of what is deflated. */
  private Transcoded inflated(ByteSource part10, Target target, Spools spools, OutputStream out)
      throws IOException {
    try (Spool spool = spools.open();
        OutputStream inflated = spool.appending()) {
      Recoder.rewrite(part10, UID.ExplicitVRLittleEndian, WriteOptions.DEFAULT, inflated);
      return transcode(spool, target, spools, out);
    }
  }

  /** Nothing has to be decoded or encoded. */
  private static boolean isAsWanted(Original original, Target target) {
    if (isNative(target)) {
      return !original.hasPixels() || original.isNative() && !original.isInFragments();
    }
    return original.transferSyntax().equals(target.transferSyntax())
        && target.isLossless()
        && original.hasPixels();
  }

  private static boolean isNative(Target target) {
    return List.of(
            UID.ImplicitVRLittleEndian,
            UID.ExplicitVRLittleEndian,
            UID.DeflatedExplicitVRLittleEndian)
        .contains(target.transferSyntax());
  }
}
