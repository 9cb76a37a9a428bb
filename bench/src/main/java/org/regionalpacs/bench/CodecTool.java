package org.regionalpacs.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.regionalpacs.codec.Samples;

/**
 * A program that encodes and decodes many frames at once, reading and writing files. Its start is
 * measured by a run with one small frame, and taken off.
 */
interface CodecTool {
  /** Rows and columns of the small frame; opj_compress has no less in its six resolutions. */
  int TRIVIAL = 32;

  /** The program that encodes, and the one that decodes. */
  List<String> programs();

  /** Writes the files that it reads. */
  void prepare(CodecFrames kind, List<Samples> frames, Path folder) throws IOException;

  /** Encodes all frames; seconds. */
  double encode(Path folder) throws IOException;

  /** Decodes what was encoded before; seconds. */
  double decode(Path folder) throws IOException;

  /** Whether the programs are installed. */
  default boolean installed() {
    return programs().stream().allMatch(CodecTool::isInstalled);
  }

  /** Whether there is a program of that name on the PATH. */
  static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Seconds that a program takes. */
  static double run(List<?> line) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(line.stream().map(String::valueOf).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.onExit().join().exitValue();
    if (code != 0) {
      throw new IOException(line.getFirst() + " ended with " + code);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** What is left of a time; a thousandth of it at least, where noise is greater than the work. */
  static double less(double all, double trivial) {
    return Math.max(all - trivial, all / 1000);
  }

  /**
   * Of DCMTK: all frames are in one object.
   *
   * @param encoder with its options
   * @param decoder with its options
   */
  record Dcmtk(List<String> encoder, List<String> decoder) implements CodecTool {
    @Override
    public List<String> programs() {
      return List.of(encoder.getFirst(), decoder.getFirst());
    }

    @Override
    public void prepare(CodecFrames kind, List<Samples> frames, Path folder) throws IOException {
      kind.write(folder.resolve("all.dcm"), frames);
      kind.write(folder.resolve("trivial.dcm"), kind.make(1, TRIVIAL));
    }

    @Override
    public double encode(Path folder) throws IOException {
      return less(timed(encoder, folder, "all", ""), timed(encoder, folder, "trivial", ""));
    }

    @Override
    public double decode(Path folder) throws IOException {
      return less(
          timed(decoder, folder, "all", "-coded"), timed(decoder, folder, "trivial", "-coded"));
    }

    private static double timed(List<String> program, Path folder, String name, String from)
        throws IOException {
      List<Object> line = new ArrayList<>(program);
      String to = from.isEmpty() ? "-coded" : "-decoded";
      line.addAll(
          List.of(folder.resolve(name + from + ".dcm"), folder.resolve(name + to + ".dcm")));
      return run(line);
    }
  }

  /** Of OpenJPEG: all frames are pictures in a folder. */
  record Opj() implements CodecTool {
    @Override
    public List<String> programs() {
      return List.of("opj_compress", "opj_decompress");
    }

    @Override
    public void prepare(CodecFrames kind, List<Samples> frames, Path folder) throws IOException {
      kind.writePictures(folder.resolve("pictures"), frames);
      kind.writePictures(folder.resolve("trivial"), kind.make(1, TRIVIAL));
    }

    @Override
    public double encode(Path folder) throws IOException {
      return less(compress(folder.resolve("pictures")), compress(folder.resolve("trivial")));
    }

    /** Writes beside the pictures. */
    private static double compress(Path pictures) throws IOException {
      // The pictures that were decoded before must not be encoded too.
      Path coded = pictures.resolveSibling(pictures.getFileName() + "-coded");
      double seconds = run(List.of("opj_compress", "-ImgDir", pictures, "-OutFor", "j2k"));
      Files.createDirectories(coded);
      for (Path file : ending(pictures, ".j2k")) {
        Files.move(file, coded.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
      return seconds;
    }

    @Override
    public double decode(Path folder) throws IOException {
      return less(
          decompress(folder.resolve("pictures-coded")),
          decompress(folder.resolve("trivial-coded")));
    }

    private static double decompress(Path coded) throws IOException {
      double seconds = run(List.of("opj_decompress", "-ImgDir", coded, "-OutFor", "ppm"));
      for (Path file : ending(coded, ".ppm")) {
        Files.delete(file);
      }
      return seconds;
    }

    private static List<Path> ending(Path folder, String suffix) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.filter(file -> file.toString().endsWith(suffix)).toList();
      }
    }
  }
}
