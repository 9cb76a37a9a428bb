package org.regionalpacs.standalone.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A chest that never lived: body, fat, lungs with vessels, heart, aorta, liver, spine and ribs as
 * ellipses that change along the body, under noise as a reconstruction leaves it. Millimetres; x to
 * the patient's left, y to the back, z from 0 (diaphragm) to 1 (apex of the lungs).
 */
final class Phantom {
  /** Pixels of a row, and rows. */
  static final int SIZE = 512;

  /** Edge of a pixel. */
  static final double PIXEL_MM = 0.75;

  private static final int AIR = -1000;
  private static final int NOISE_FIELDS = 4;
  private static final int LUNG_VESSELS = 70;

  private final List<Vessel> vessels = new ArrayList<>();
  private final float[][] noise = new float[NOISE_FIELDS][];
  private final double girth;

  /** A vessel of a lung: it runs from the hilum outwards and is cut at another place by each z. */
  private record Vessel(int side, double angle, double slope, double radius, double z0) {}

  Phantom(long seed) {
    Random random = new Random(seed);
    girth = 0.94 + 0.1 * random.nextDouble();
    for (int i = 0; i < LUNG_VESSELS; i++) {
      vessels.add(
          new Vessel(
              i % 2 == 0 ? -1 : 1,
              random.nextDouble() * 2 * Math.PI,
              0.5 + random.nextDouble(),
              1.2 + 3.2 * random.nextDouble() * random.nextDouble(),
              random.nextDouble()));
    }
    for (int i = 0; i < NOISE_FIELDS; i++) {
      noise[i] = noiseField(random);
    }
  }

  /**
   * One slice in Hounsfield units, row by row.
   *
   * @param z height, 0 to 1
   * @param sigma noise in Hounsfield units
   * @param contrast whether a contrast agent is in the blood
   * @param number of the slice, which decides the noise
   */
  short[] slice(double z, double sigma, boolean contrast, int number) {
    float[] hu = new float[SIZE * SIZE];
    Arrays.fill(hu, AIR);
    paintBody(hu, z);
    paintLungs(hu, z, contrast);
    paintMediastinum(hu, z, contrast);
    paintSpine(hu, z);
    paintRibs(hu, z);
    // The table under the patient.
    ellipse(hu, 0, 128 * girth + 22, 210, 14, -700);
    ellipse(hu, 0, 128 * girth + 22, 206, 11, -960);
    return withNoise(hu, sigma, number);
  }

  private void paintBody(float[] hu, double z) {
    double shoulders = 1 + 0.12 * Math.max(0, z - 0.75);
    ellipse(hu, 0, 0, 172 * girth * shoulders, 118 * girth, 10); // skin
    ellipse(hu, 0, 0, 170 * girth * shoulders, 116 * girth, -100); // fat
    ellipse(hu, 0, -2, 150 * shoulders, 98, 48); // muscle
  }

  private void paintLungs(float[] hu, double z, boolean contrast) {
    double open = Math.sqrt(Math.max(0, 1 - Math.pow((z - 0.45) / 0.58, 2)));
    if (open == 0) {
      return;
    }
    for (int side : new int[] {-1, 1}) {
      double smaller = side > 0 ? 0.92 : 1; // the heart takes its place on the left
      ellipse(hu, side * 76, -2, 58 * open * smaller, 80 * open, -840);
    }
    for (Vessel vessel : vessels) {
      double run = (vessel.slope() * (z - vessel.z0()) % 1 + 1) % 1;
      double reach = 12 + 46 * run * open;
      double x = vessel.side() * 70 + Math.cos(vessel.angle()) * reach * 0.8;
      double y = Math.sin(vessel.angle()) * reach * 1.2;
      if (inLung(x - vessel.side() * 76, y + 2, open)) {
        double radius = vessel.radius() * (1.3 - run);
        ellipse(
            hu, x, y, radius, radius * (1 + 0.6 * Math.abs(vessel.slope() - 1)), blood(contrast));
      }
    }
  }

  private static boolean inLung(double x, double y, double open) {
    double dx = x / (52 * open);
    double dy = y / (74 * open);
    return dx * dx + dy * dy < 1;
  }

  private void paintMediastinum(float[] hu, double z, boolean contrast) {
    if (z < 0.3) {
      double dome = Math.sqrt(Math.max(0, 1 - Math.pow(z / 0.3, 2)));
      ellipse(hu, -62, -8, 80 * dome, 78 * dome, contrast ? 105 : 60); // liver
      ellipse(hu, 82, 18, 38 * dome, 44 * dome, contrast ? 120 : 50); // spleen
      ellipse(hu, 60, -34, 30 * dome, 24 * dome, 25); // stomach
    }
    if (z > 0.12 && z < 0.62) {
      double beat = Math.sqrt(1 - Math.pow((z - 0.37) / 0.25, 2));
      ellipse(hu, 24, -30, 62 * beat, 48 * beat, 42); // heart muscle
      ellipse(hu, 36, -28, 26 * beat, 30 * beat, blood(contrast)); // left ventricle
      ellipse(hu, -4, -40, 24 * beat, 22 * beat, blood(contrast)); // right heart
    }
    ellipse(hu, 18, 50, 12.5, 12.5, blood(contrast)); // descending aorta
    if (z > 0.55) {
      ellipse(hu, 2, 5, 28, 44, 5); // mediastinal fat and muscle above the heart
      ellipse(hu, -2, -12, 14.5, 14.5, blood(contrast)); // ascending aorta
      ellipse(hu, -24, -8, 9, 10, blood(contrast)); // superior vena cava
      ellipse(hu, 0, 22, 9.5, 8.5, -990); // trachea
    }
    if (z > 0.45 && z < 0.56) {
      ellipse(hu, 8, -2, 40, 11, blood(contrast)); // pulmonary trunk and arteries
      ellipse(hu, -16, 20, 7, 6, -980); // main bronchi
      ellipse(hu, 18, 20, 7, 6, -980);
    }
    ellipse(hu, 6, 36, 6, 5, 30); // oesophagus
  }

  private static double blood(boolean contrast) {
    return contrast ? 260 : 44;
  }

  private static void paintSpine(float[] hu, double z) {
    double vertebra = z * 8 % 1;
    boolean disc = vertebra > 0.82;
    ellipse(hu, 0, 74, 20, 16, disc ? 95 : 620);
    ellipse(hu, 0, 74, 17.5, 13.5, disc ? 85 : 210);
    ellipse(hu, 0, 100, 15, 11, 560); // arch
    ellipse(hu, 0, 97, 9, 8.5, 18); // canal
    ellipse(hu, 0, 97, 5.5, 5, 38); // cord
    if (vertebra < 0.4) {
      ellipse(hu, -26, 96, 13, 5, 480); // transverse processes
      ellipse(hu, 26, 96, 13, 5, 480);
    }
    if (z > 0.35) {
      ellipse(hu, 0, -96, 17, 5.5, 420); // sternum
      ellipse(hu, 0, -96, 14.5, 3.5, 160);
    }
  }

  private static void paintRibs(float[] hu, double z) {
    for (int rib = 0; rib < 9; rib++) {
      for (int side : new int[] {-1, 1}) {
        // A rib sinks from the spine to the sternum: each slice cuts it at another angle.
        double angle = Math.PI * (0.46 - ((z * 9 + rib) % 9) / 9 * 0.92);
        double x = side * 143 * Math.cos(angle);
        double y = 92 * Math.sin(angle);
        ellipse(hu, x, y, 7.5, 5, 650);
        ellipse(hu, x, y, 5, 2.8, 260);
      }
    }
  }

  /** Paints an ellipse with an edge one pixel soft, as partial volume makes it. */
  private static void ellipse(float[] hu, double cx, double cy, double a, double b, double value) {
    if (a < PIXEL_MM || b < PIXEL_MM) {
      return;
    }
    double middle = (SIZE - 1) / 2.0;
    int top = Math.max(0, (int) (middle + (cy - b) / PIXEL_MM) - 1);
    int bottom = Math.min(SIZE - 1, (int) (middle + (cy + b) / PIXEL_MM) + 2);
    int left = Math.max(0, (int) (middle + (cx - a) / PIXEL_MM) - 1);
    int right = Math.min(SIZE - 1, (int) (middle + (cx + a) / PIXEL_MM) + 2);
    double softness = Math.min(a, b) / PIXEL_MM / 2;
    for (int row = top; row <= bottom; row++) {
      double dy = ((row - middle) * PIXEL_MM - cy) / b;
      for (int column = left; column <= right; column++) {
        double dx = ((column - middle) * PIXEL_MM - cx) / a;
        double inside = (1 - (dx * dx + dy * dy)) * softness + 0.5;
        if (inside > 0) {
          int i = row * SIZE + column;
          float share = (float) Math.min(1, inside);
          hu[i] += share * ((float) value - hu[i]);
        }
      }
    }
  }

  private short[] withNoise(float[] hu, double sigma, int number) {
    float[] field = noise[number % NOISE_FIELDS];
    int shift = number * 7919 * SIZE + number * 131;
    short[] slice = new short[hu.length];
    for (int i = 0; i < hu.length; i++) {
      // Dense parts of the body let fewer photons through.
      double strength = hu[i] < -900 ? 0.5 : 1;
      double value = hu[i] + strength * sigma * field[(i + shift) & (field.length - 1)];
      slice[i] = (short) Math.clamp(Math.round(value), -1024, 3071);
    }
    return slice;
  }

  /** Gaussian noise of deviation 1, smoothed a little: neighbours in a reconstruction are alike. */
  private static float[] noiseField(Random random) {
    float[] white = new float[SIZE * SIZE];
    for (int i = 0; i < white.length; i++) {
      white[i] = (float) random.nextGaussian();
    }
    float[] smooth = new float[white.length];
    int mask = white.length - 1;
    for (int i = 0; i < white.length; i++) {
      float cross =
          white[(i - 1) & mask]
              + white[(i + 1) & mask]
              + white[(i - SIZE) & mask]
              + white[(i + SIZE) & mask];
      smooth[i] = (white[i] + 0.5f * cross) / (float) Math.sqrt(2);
    }
    return smooth;
  }
}
