package org.regionalpacs.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.VR;

/** One value of an object, found by its path and copied in little endian byte order. */
public final class BulkDataReader {
  private final Element element;
  private final boolean bigEndian;
  private final ByteSource source;

  private BulkDataReader(Element element, boolean bigEndian, ByteSource source) {
    this.element = element;
    this.bigEndian = bigEndian;
    this.source = source;
  }

  /**
   * Finds a value.
   *
   * @param path tags in hexadecimal with item numbers from 1 between them, such as {@code
   *     00480105/1/00282000}
   * @return empty when there is no such value or the path is none
   * @throws DicomFormatException when the object can't be read that far
   */
  public static Optional<BulkDataReader> find(ByteSource part10, String path) throws IOException {
    Optional<int[]> steps = steps(path);
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    int[] step = steps.get();
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      in.bulkDataThreshold(1024).keepOnly(tag -> tag == step[0]);
      // The next possible tag; of the last one there is none, and the data set is read to its end.
      Attributes dataSet = step[0] == -1 ? in.readDataSet() : in.readDataSetUntil(step[0] + 1);
      return walk(dataSet, step)
          .filter(element -> !(element.value() instanceof Sequence))
          .map(element -> new BulkDataReader(element, dataSet.isBigEndian(), in.valueSource()));
    }
  }

  private static Optional<int[]> steps(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length % 2 == 0 || parts.length > 2 * ParseLimits.DEPTH + 1) {
      return Optional.empty();
    }
    int[] steps = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      boolean tag = i % 2 == 0;
      if (!parts[i].matches(tag ? "[0-9A-Fa-f]{8}" : "[1-9][0-9]{0,8}")) {
        return Optional.empty();
      }
      steps[i] = tag ? Integer.parseUnsignedInt(parts[i], 16) : Integer.parseInt(parts[i]);
    }
    return Optional.of(steps);
  }

  private static Optional<Element> walk(Attributes dataSet, int[] steps) {
    Attributes at = dataSet;
    for (int i = 0; i + 2 < steps.length; i += 2) {
      Optional<Sequence> items = at.getSequence(steps[i]);
      int item = steps[i + 1] - 1;
      if (items.isEmpty() || item >= items.get().size()) {
        return Optional.empty();
      }
      at = items.get().get(item);
    }
    return at.element(steps[steps.length - 1]);
  }

  /** The value's VR. */
  public VR vr() {
    return element.vr();
  }

  /** Whether it is encapsulated pixel data; its frames are had from {@link PixelFrames}. */
  public boolean encapsulated() {
    return element.value() instanceof Fragments;
  }

  /** Bytes of the value; of encapsulated pixel data those of its fragments. */
  public long length() {
    return switch (element.value()) {
      case byte[] bytes -> bytes.length;
      case BulkData bulk -> bulk.length();
      case Fragments fragments -> fragments.stream().skip(1).mapToLong(Fragments::length).sum();
      default -> 0;
    };
  }

  /** Copies the value; encapsulated pixel data as its fragments one after the other. */
  public void copy(OutputStream out) throws IOException {
    copy(0, length(), out);
  }

  /** Copies a part of the value; of encapsulated pixel data a part of its joined fragments. */
  public void copy(long offset, long length, OutputStream out) throws IOException {
    int unit = bigEndian ? element.vr().unit() : 1;
    switch (element.value()) {
      case byte[] bytes -> {
        byte[] value = unit > 1 ? ByteOrder.swapped(bytes, unit) : bytes;
        Swapping.copy(new ByteArrayInputStream(value, (int) offset, (int) length), length, 1, out);
      }
      case BulkData bulk -> {
        long lead = offset % unit;
        long wanted =
            Math.min(
                bulk.length() - offset + lead, Math.ceilDiv(length + lead, unit) * (long) unit);
        try (InputStream in = source.open(bulk.offset() + offset - lead, wanted);
            TrimmedOutput trimmed = new TrimmedOutput(out, lead, 0, length, 8 * length)) {
          Swapping.copy(in, wanted, unit, lead == 0 && wanted == length ? out : trimmed);
        }
      }
      case Fragments fragments -> copyFragments(fragments, offset, length, out);
      default -> throw new IllegalStateException("a sequence has no bytes");
    }
  }

  private void copyFragments(Fragments fragments, long offset, long length, OutputStream out)
      throws IOException {
    long start = 0;
    for (Object fragment : fragments.subList(1, fragments.size())) {
      BulkData bulk = (BulkData) fragment;
      long first = Math.max(offset - start, 0);
      long end = Math.min(offset + length - start, bulk.length());
      if (first < end) {
        try (InputStream in = source.open(bulk.offset() + first, end - first)) {
          Swapping.copy(in, end - first, 1, out);
        }
      }
      start += bulk.length();
    }
  }
}
