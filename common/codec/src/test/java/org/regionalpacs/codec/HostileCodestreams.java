package org.regionalpacs.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A program that decodes a codestream cut off, changed, and with other sizes, in a process of its
 * own, as it may not survive. The case at hand is in a file, should it not. It prints counts of
 * what happened and exits with 0 if that is nothing but samples and exceptions of codecs.
 */
public final class HostileCodestreams {
  private final FrameDecoder decoder;
  private final String syntax;
  private final ImageDescription image;
  private final Samples expected;
  private final Path atHand;
  private int decoded;
  private int refused;
  private int silent;

  private HostileCodestreams(String syntax, ImageDescription image, byte[] frame, Path atHand)
      throws IOException {
    this.decoder = FrameDecoders.of(syntax).or(() -> ForeignCodecs.decoder(syntax)).orElseThrow();
    this.syntax = syntax;
    this.image = image;
    this.atHand = atHand;
    this.expected = decoder.decode(frame, syntax, image);
  }

  /** Arguments: a DICOM file, how many changes to make, their seed, and the file for the case. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    byte[] frame = Agreement.frame(file, 1);
    HostileCodestreams hostile =
        new HostileCodestreams(
            Agreement.syntax(file), Agreement.image(file), frame, Path.of(arguments[3]));
    hostile.cut(frame);
    hostile.report("cut");
    hostile.change(frame, rounds, new Random(seed));
    hostile.report("changed");
    hostile.changeHeader(frame, rounds, new Random(seed));
    hostile.report("changed header");
  }

  private void report(String what) {
    System.out.printf(
        "%s: %d decoded, %d refused, %d silently wrong%n", what, decoded, refused, silent);
    decoded = 0;
    refused = 0;
    silent = 0;
  }

  private void cut(byte[] frame) throws IOException {
    int step = Math.max(1, frame.length / 150);
    for (int length = 0; length < frame.length; length += step) {
      decode(Arrays.copyOf(frame, length));
    }
  }

  private void change(byte[] frame, int rounds, Random random) throws IOException {
    for (int round = 0; round < rounds; round++) {
      byte[] changed = frame.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      decode(changed);
    }
  }

  /** Where sizes, tiles, precincts, code-blocks and tables are. */
  private void changeHeader(byte[] frame, int rounds, Random random) throws IOException {
    int header = Math.min(frame.length, 200);
    for (int round = 0; round < rounds; round++) {
      byte[] changed = frame.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        int value = random.nextInt(3) - 1;
        changed[random.nextInt(header)] = (byte) (random.nextBoolean() ? value : random.nextInt());
      }
      decode(changed);
    }
  }

  private void decode(byte[] frame) throws IOException {
    Files.write(atHand, frame);
    try {
      Samples samples = decoder.decode(frame, syntax, image);
      decoded++;
      silent += Arrays.equals(samples.bytes(), expected.bytes()) ? 0 : 1;
    } catch (CodecException e) {
      refused++;
    }
  }
}
