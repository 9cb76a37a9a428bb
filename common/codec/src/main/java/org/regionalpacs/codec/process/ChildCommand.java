package org.regionalpacs.codec.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regionalpacs.codec.charls.CharlsCodec;
import org.regionalpacs.codec.openjpeg.OpenjpegCodec;

/** How a child is started: by a shell that sets limits and then becomes it. */
final class ChildCommand {
  /**
   * Arguments: kilobytes of address space, command... A Ctrl-C in the terminal is for the parent,
   * and pixels of patients don't belong into a core dump. Where there is no limit of address space
   * (macOS), that of the heap is left. Answers go out at 3: what a library or a dying JVM prints to
   * standard output doesn't get between them.
   */
  private static final String LIMITS =
      """
      trap '' INT HUP
      ulimit -c 0
      ulimit -v "$1" 2>/dev/null
      shift
      exec "$@" 3>&1 1>&2
      """;

  private static final String ANSWERS = "/dev/fd/3";

  /** Address space of a JVM apart from its heap. */
  private static final long OVERHEAD = 384L << 20;

  /** What a child needs of the environment; passwords aren't among that. */
  private static final Set<String> PASSED =
      Set.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "LC_ALL");

  private ChildCommand() {}

  static Process start(CodecProperties settings) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line(settings));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED);
    // Each arena takes 64 MB of address space.
    environment.put("MALLOC_ARENA_MAX", "2");
    return builder.start();
  }

  private static List<String> line(CodecProperties settings) {
    long space = settings.memory().toBytes() + OVERHEAD >> 10;
    List<String> line = new ArrayList<>();
    line.addAll(List.of("/bin/sh", "-c", LIMITS, "codec", Long.toString(space)));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx" + (settings.heap() >> 10) + "k");
    // The libraries do the work: a better compiler of Java makes nothing faster.
    line.add("-XX:TieredStopAtLevel=1");
    line.addAll(List.of("-Xms4m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData"));
    line.addAll(List.of("-XX:ReservedCodeCacheSize=48m", "-XX:CompressedClassSpaceSize=32m"));
    line.add("-XX:+ExitOnOutOfMemoryError");
    // A crash leaves no file: it would hold pieces of pixels.
    line.addAll(List.of("-XX:ErrorFile=/dev/null", "-XX:-CreateCoredumpOnCrash"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("-D" + CharlsCodec.PROPERTY + "=" + settings.charls());
    line.add("-D" + OpenjpegCodec.PROPERTY + "=" + settings.openjpeg());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(CodecProcess.class.getName(), ANSWERS));
    return line;
  }
}
