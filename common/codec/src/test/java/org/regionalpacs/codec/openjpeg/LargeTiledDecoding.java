package org.regionalpacs.codec.openjpeg;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.UID;

/** The process of {@link LargeTiledTest}: prints how many samples are wrong. */
final class LargeTiledDecoding {
  private static final int TILE = 1024;
  private static final int SIZ = 4;

  private LargeTiledDecoding() {}

  /**
   * @param arguments rows and columns, a multiple of 1024
   */
  public static void main(String[] arguments) throws Exception {
    int side = Integer.parseInt(arguments[0]);
    Samples tile = Written.picture(image(TILE));
    byte[] one =
        OpenjpegCodec.encoder()
            .orElseThrow()
            .encode(tile, UID.JPEG2000Lossless, EncoderOptions.of(Quality.LOSSLESS))
            .bytes();
    byte[] many = repeated(one, side);
    Samples all =
        OpenjpegCodec.decoder().orElseThrow().decode(many, UID.JPEG2000Lossless, image(side));
    long wrong = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        long expected = tile.value(y % TILE * TILE + x % TILE, 0);
        wrong += all.value(y * side + x, 0) == expected ? 0 : 1;
      }
    }
    System.out.printf("%d of %d samples are wrong%n", wrong, all.image().pixels());
  }

  private static ImageDescription image(int side) {
    return new ImageDescription(side, side, Photometric.MONOCHROME2, 8, 8, 7, false, false);
  }

  /**
   * A codestream in which the only tile of another is every tile: as its size is a multiple of all
   * that the standard aligns to the origin, the bits of each are the same.
   */
  private static byte[] repeated(byte[] one, int side) {
    int sot = 0;
    while (one[sot] != -1 || one[sot + 1] != (byte) 0x90) {
      sot++;
    }
    byte[] header = Arrays.copyOf(one, sot);
    put(header, SIZ + 4, side);
    put(header, SIZ + 8, side);
    byte[] part = Arrays.copyOfRange(one, sot, one.length - 2);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(header);
    int tiles = side / TILE * (side / TILE);
    for (int tile = 0; tile < tiles; tile++) {
      part[4] = (byte) (tile >> 8);
      part[5] = (byte) tile;
      all.writeBytes(part);
    }
    all.writeBytes(new byte[] {-1, (byte) 0xD9});
    return all.toByteArray();
  }

  private static void put(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >> 8 * (3 - i));
    }
  }
}
