package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomInputStream;

/** A reader of Part 10 files that is measured. */
sealed interface Parser {
  /** How much of a file is read. */
  enum Extent {
    /** Up to the pixel data. */
    HEADER,
    /** All of it, into memory. */
    FULL
  }

  /** What the results call it. */
  String name();

  /**
   * Reads all files once.
   *
   * @return files a second
   * @throws IOException when one can't be read
   */
  double pass(List<Path> files, Extent extent) throws IOException;

  /** The product's {@link DicomInputStream}, in this JVM, in one thread. */
  record Pacs() implements Parser {
    @Override
    public String name() {
      return "DicomInputStream";
    }

    @Override
    public double pass(List<Path> files, Extent extent) throws IOException {
      long start = System.nanoTime();
      for (Path file : files) {
        try (DicomInputStream in = DicomInputStream.ofFile(file)) {
          int elements =
              switch (extent) {
                case HEADER -> in.readDataSetUntil(Tag.PixelData).size();
                case FULL -> in.readDataSet().size();
              };
          if (elements == 0) {
            throw new IOException(file + " has no elements");
          }
        }
      }
      return files.size() / ((System.nanoTime() - start) / 1e9);
    }
  }

  /**
   * pydicom's dcmread; the start of Python isn't counted.
   *
   * @param python the interpreter that has it
   */
  record Pydicom(String python) implements Parser {
    @Override
    public String name() {
      return "pydicom";
    }

    @Override
    public double pass(List<Path> files, Extent extent) throws IOException {
      String arguments = extent == Extent.HEADER ? "header" : "full";
      // The first pass warms the interpreter's caches up.
      Process process =
          new ProcessBuilder(python, "-c", script(), arguments, "2")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var names = process.outputWriter(StandardCharsets.UTF_8)) {
        names.write(String.join("\n", files.stream().map(Path::toString).toList()));
      }
      List<String> rates = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      if (rates.size() != 2) {
        throw new IOException(python + " with pydicom failed");
      }
      return Double.parseDouble(rates.getLast());
    }

    private static String script() throws IOException {
      try (InputStream in = Pydicom.class.getResourceAsStream("parse.py")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /** DCMTK's dcmdump, printing into nothing; one process reads all files. */
  record Dcmdump() implements Parser {
    @Override
    public String name() {
      return "dcmdump (prints as well)";
    }

    @Override
    public double pass(List<Path> files, Extent extent) throws IOException {
      List<String> line = new ArrayList<>(List.of("dcmdump", "-q"));
      if (extent == Extent.HEADER) {
        line.addAll(List.of("+sb", "7fe0,0010"));
      }
      files.forEach(file -> line.add(file.toString()));
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      int code = process.onExit().join().exitValue();
      if (code != 0) {
        throw new IOException("dcmdump ended with " + code);
      }
      return files.size() / ((System.nanoTime() - start) / 1e9);
    }
  }
}
