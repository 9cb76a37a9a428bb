package org.regionalpacs.wado.render;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/**
 * Where an image is in the patient (PS3.3 C.7.6.2), in mm.
 *
 * @param row direction cosines of its rows
 * @param column direction cosines of its columns
 * @param position of its first pixel
 */
record ImagePlane(double[] row, double[] column, double[] position) {
  private static final double SAME_DIRECTION = 0.99;

  /** Empty when the header doesn't tell. */
  static Optional<ImagePlane> of(Attributes header) {
    double[] directions = header.getDoubles(Tag.ImageOrientationPatient);
    double[] position = header.getDoubles(Tag.ImagePositionPatient);
    if (directions.length != 6 || position.length != 3) {
      return Optional.empty();
    }
    double[] row = {directions[0], directions[1], directions[2]};
    double[] column = {directions[3], directions[4], directions[5]};
    boolean finite =
        DoubleStream.concat(DoubleStream.of(directions), DoubleStream.of(position))
            .allMatch(Double::isFinite);
    return finite ? Optional.of(new ImagePlane(row, column, position)) : Optional.empty();
  }

  /** Whether another one, parallel to it, lies on the side that its normal points to. */
  boolean isBefore(ImagePlane other) {
    double[] normal = cross(row, column);
    double[] way = new double[3];
    for (int i = 0; i < 3; i++) {
      way[i] = other.position[i] - position[i];
    }
    return dot(normal, cross(other.row, other.column)) > SAME_DIRECTION && dot(normal, way) > 0;
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
