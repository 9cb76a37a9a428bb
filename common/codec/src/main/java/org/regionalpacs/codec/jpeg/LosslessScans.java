package org.regionalpacs.codec.jpeg;

import java.util.List;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;

/** Lossless coding: differences from what neighbours predict (T.81 Annex H). */
final class LosslessScans implements ScanDecoder {
  private final FrameHeader frame;
  private final Picture picture;
  private final boolean[] read;

  LosslessScans(FrameHeader frame, Picture picture) throws UnsupportedImageException {
    if (frame.across() != 1 || frame.down() != 1) {
      throw new UnsupportedImageException("lossless JPEG with components of different sizes");
    }
    this.frame = frame;
    this.picture = picture;
    this.read = new boolean[frame.components().size()];
  }

  @Override
  public void read(Scan scan, Tables tables, EntropyBits bits) throws CodecException {
    if (scan.from() < 1 || scan.from() > 7 || scan.below() >= frame.precision()) {
      throw new CorruptFrameException("a lossless JPEG scan has a predictor that can't be");
    }
    int interval = tables.restartInterval();
    if (interval % frame.columns() != 0) {
      throw new CorruptFrameException("a lossless JPEG restarts within a line");
    }
    List<Scan.Part> parts = scan.parts();
    Huffman[] codes = new Huffman[parts.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = tables.dc(parts.get(i).dc());
    }
    Predictor predictor = Predictor.of(scan.from());
    int start = 1 << frame.precision() - scan.below() - 1;
    int[][] line = new int[codes.length][frame.columns()];
    int[][] above = new int[codes.length][frame.columns()];
    int linesAnInterval = interval == 0 ? Integer.MAX_VALUE : interval / frame.columns();
    for (int row = 0; row < frame.rows(); row++) {
      Wanted.check();
      boolean first = row % linesAnInterval == 0;
      if (first && row > 0) {
        bits.restart();
      }
      differences(bits, codes, line);
      for (int i = 0; i < codes.length; i++) {
        if (first) {
          Predictor.first(line[i], start);
        } else {
          predictor.undo(line[i], above[i]);
        }
        picture.line(row, parts.get(i).component().place(), line[i], scan.below());
      }
      int[][] done = line;
      line = above;
      above = done;
    }
    parts.forEach(part -> read[part.component().place()] = true);
  }

  private static void differences(EntropyBits bits, Huffman[] codes, int[][] line)
      throws CorruptFrameException {
    int columns = line[0].length;
    if (codes.length == 1) {
      Huffman code = codes[0];
      int[] one = line[0];
      for (int x = 0; x < columns; x++) {
        one[x] = bits.difference(code);
      }
      return;
    }
    for (int x = 0; x < columns; x++) {
      for (int i = 0; i < codes.length; i++) {
        line[i][x] = bits.difference(codes[i]);
      }
    }
  }

  @Override
  public void end() throws CorruptFrameException {
    for (boolean component : read) {
      if (!component) {
        throw new CorruptFrameException("a JPEG codestream lacks a component");
      }
    }
  }
}
