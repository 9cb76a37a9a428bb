package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * A large multi-frame image that is nowhere but in an expression, into RLE and back, in a process
 * whose heap it doesn't fit into. Arguments: folder, number of frames of 512 KB.
 */
final class LargeTranscoding {
  private static final ImageDescription FRAME =
      new ImageDescription(512, 512, Photometric.MONOCHROME2, 16, 12, 11, false, false);
  private static final int FRAME_BYTES = 512 * 512 * 2;
  private static final byte[] HEAD = {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0};
  private static final byte[] PATTERN = pattern();

  private LargeTranscoding() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int frames = Integer.parseInt(arguments[1]);
    Transcoder transcoder = new Transcoder(Codecs.inJava(), folder);
    Path rle = folder.resolve("rle.dcm");
    try (OutputStream out = Files.newOutputStream(rle)) {
      transcoder.transcode(new Generated(frames), Target.lossless(UID.RLELossless), out);
    }
    Expecting expecting = new Expecting();
    Transcoded back =
        transcoder.transcode(
            ByteSource.of(rle), Target.lossless(UID.ExplicitVRLittleEndian), expecting);
    System.out.printf(
        "%d frames, %d bytes as RLE, %d equal%n",
        back.frames(), Files.size(rle), expecting.equal / FRAME_BYTES);
  }

  /** Runs and noise, twice; each frame begins a row later than the one before. */
  private static byte[] pattern() {
    byte[] pattern = new byte[2 * FRAME_BYTES];
    Random random = new Random(4711);
    for (int i = 0; i < FRAME_BYTES; i += 2) {
      boolean noise = i % 1024 < 64;
      pattern[i] = noise ? (byte) random.nextInt() : (byte) (i / 1024);
      pattern[i + 1] = (byte) (i / 4096 & 0xF);
    }
    System.arraycopy(pattern, 0, pattern, FRAME_BYTES, FRAME_BYTES);
    return pattern;
  }

  /** Where a byte of the pixel data is in the pattern; more of its frame follow there. */
  private static int place(long at) {
    long frame = at / FRAME_BYTES;
    return (int) (frame * 1024 % FRAME_BYTES + at % FRAME_BYTES);
  }

  /** Bytes of its frame from there on. */
  private static int left(long at) {
    return FRAME_BYTES - (int) (at % FRAME_BYTES);
  }

  /** Header and length of the pixel data, and then numbers. */
  private static final class Generated implements ByteSource {
    private final byte[] header;
    private final long pixels;

    Generated(int frames) {
      this.pixels = (long) frames * FRAME_BYTES;
      Attributes dataSet = Written.attributes(FRAME).setInt(Tag.NumberOfFrames, frames);
      byte[] file = Made.file(dataSet, UID.ExplicitVRLittleEndian);
      this.header = Arrays.copyOf(file, file.length + 12);
      System.arraycopy(HEAD, 0, header, file.length, HEAD.length);
      for (int i = 0; i < 4; i++) {
        header[file.length + 8 + i] = (byte) (pixels >> 8 * i);
      }
    }

    @Override
    public long size() {
      return header.length + pixels;
    }

    @Override
    public InputStream open(long offset, long length) {
      return new Values(header, offset, length < 0 ? size() : offset + length);
    }
  }

  private static final class Values extends InputStream {
    private final byte[] header;
    private final long end;
    private long at;

    Values(byte[] header, long at, long end) {
      this.header = header;
      this.at = at;
      this.end = end;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (at >= end) {
        return -1;
      }
      int count = (int) Math.min(length, end - at);
      if (at < header.length) {
        count = Math.min(count, header.length - (int) at);
        System.arraycopy(header, (int) at, to, offset, count);
      } else {
        count = Math.min(count, left(at - header.length));
        System.arraycopy(PATTERN, place(at - header.length), to, offset, count);
      }
      at += count;
      return count;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, end - at));
      at += skipped;
      return skipped;
    }
  }

  /** Counts the bytes of pixel data that are what they should be. */
  private static final class Expecting extends OutputStream {
    private final byte[] last = new byte[12];
    private boolean inPixels;
    private long count;
    private long equal;

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      int end = offset + length;
      while (!inPixels && from < end) {
        System.arraycopy(last, 1, last, 0, last.length - 1);
        last[last.length - 1] = bytes[from++];
        inPixels = Arrays.equals(last, 0, HEAD.length, HEAD, 0, HEAD.length);
      }
      while (from < end) {
        int chunk = Math.min(end - from, left(count));
        int place = place(count);
        if (Arrays.equals(bytes, from, from + chunk, PATTERN, place, place + chunk)) {
          equal += chunk;
        }
        from += chunk;
        count += chunk;
      }
    }
  }
}
