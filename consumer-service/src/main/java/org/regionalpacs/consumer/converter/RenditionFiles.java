package org.regionalpacs.consumer.converter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.codec.transcode.Transcoded;
import org.regionalpacs.codec.transcode.Transcoder;
import org.regionalpacs.consumer.DataSetDigest;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.dicom.io.WriteOptions;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.storage.ContentDigest;
import org.regionalpacs.storage.StoredObjects;
import org.springframework.stereotype.Component;

/** Makes files of renditions, and believes none before it has been compared with its original. */
@Component
class RenditionFiles {
  private final StoredObjects objects;
  private final Scratch scratch;
  private final Transcoder transcoder;
  private final SameSamples samples;
  private final long largest;
  private final ConverterProperties properties;

  RenditionFiles(
      StoredObjects objects, Scratch scratch, Codecs codecs, ConverterProperties properties) {
    this.objects = objects;
    this.scratch = scratch;
    this.transcoder = new Transcoder(codecs, scratch.folder(), scratch);
    this.samples = new SameSamples(codecs);
    this.largest = properties.largest().toBytes();
    this.properties = properties;
  }

  /**
   * Makes one.
   *
   * @throws UselessRenditionException when it would be of no use
   * @throws org.regionalpacs.codec.transcode.TranscodingException when the object can't be
   *     converted so
   * @throws IOException when the object can't be read, or there is no room, now
   */
  RenditionFile make(InstanceObject object, Goal goal)
      throws IOException, UselessRenditionException {
    if (object.size() > largest) {
      throw new UselessRenditionException(
          "it has %d bytes, more than pacs.converter.largest".formatted(object.size()));
    }
    scratch.requireRoom(object.size());
    try {
      return written(object, goal);
    } catch (BoundedOutput.TooLongException e) {
      throw new UselessRenditionException(e.getMessage());
    }
  }

  private RenditionFile written(InstanceObject object, Goal goal)
      throws IOException, UselessRenditionException {
    if (UID.DeflatedExplicitVRLittleEndian.equals(object.transferSyntax())) {
      return ofCopy(object, goal, true);
    }
    return objects.onThisHost(object.locations())
        ? make(objects.open(object), object, goal)
        : ofCopy(object, goal, false);
  }

  /** What is far away, or would be inflated for each frame, is read once. */
  private RenditionFile ofCopy(InstanceObject object, Goal goal, boolean inflated)
      throws IOException, UselessRenditionException {
    Path copy = scratch.file();
    try {
      try (OutputStream out = scratchOutput(copy)) {
        if (inflated) {
          Recoder.rewrite(
              objects.open(object), UID.ExplicitVRLittleEndian, WriteOptions.DEFAULT, out);
        } else {
          try (InputStream in = objects.open(object).open(0, object.size())) {
            in.transferTo(out);
          }
        }
      }
      return make(ByteSource.of(copy), object, goal);
    } finally {
      Files.delete(copy);
    }
  }

  private RenditionFile make(ByteSource original, InstanceObject object, Goal goal)
      throws IOException, UselessRenditionException {
    FrameSize.require(original, goal.target().transferSyntax(), properties);
    Path file = scratch.file();
    try {
      Transcoded done;
      try (OutputStream out = scratchOutput(file)) {
        done = transcoder.transcode(original, goal.target(), out);
      }
      flush(file);
      RenditionFile made = described(file, done.sopInstanceUid());
      if (goal.ifSmaller() && made.size() >= object.size()) {
        throw new UselessRenditionException(
            "it isn't smaller: %d bytes instead of %d".formatted(made.size(), object.size()));
      }
      ShownAlike.require(original, ByteSource.of(file));
      if (goal.kind() == RenditionKind.LOSSLESS) {
        samples.require(original, ByteSource.of(file));
      }
      return made;
    } catch (IOException | UselessRenditionException | RuntimeException e) {
      Files.delete(file);
      throw e;
    }
  }

  private OutputStream scratchOutput(Path file) throws IOException {
    return new BufferedOutputStream(new BoundedOutput(Files.newOutputStream(file), scratch));
  }

  /** To the disk: an archive on the same volume makes a link of it. */
  private static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static RenditionFile described(Path file, String sop) throws IOException {
    ByteSource bytes = ByteSource.of(file);
    int dataSetOffset;
    try (DicomInputStream in = DicomInputStream.of(bytes)) {
      dataSetOffset = Math.toIntExact(in.dataSetOffset());
    }
    try (InputStream all = bytes.open(0, -1)) {
      return new RenditionFile(
          file,
          sop,
          bytes.size(),
          dataSetOffset,
          DataSetDigest.of(bytes, dataSetOffset),
          ContentDigest.of(all));
    }
  }
}
