package org.regionalpacs.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Java learns of this build's classes in the first run, for later ones to start with half the
 * work (JEP 483 and 515). The first JVM writes down what it learnt when it ends; a process in the
 * background, which comes last wherever there is other work, makes a cache of that. {@code ./pacs}
 * says where, another file for other jars and for another JDK.
 *
 * @param file the cache, which appears whole or not at all
 * @param learnt where this JVM writes down what it learns, if it does
 */
record ClassCache(Path file, Optional<Path> learnt) {
  /** System property: {@link #file}. */
  static final String FILE = "pacs.classes.cache";

  /** System property: {@link #learnt}. */
  static final String LEARNT = "pacs.classes.learnt";

  private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);

  /** Arguments: process to wait for, what it learnt, cache, command that makes it... */
  private static final String MAKE =
      """
      pid=$1 learnt=$2 cache=$3 left=600; shift 3
      trap 'rm -f "$learnt" "$learnt.aot"; exit 1' TERM INT HUP
      while [ $left -gt 0 ] && kill -0 "$pid"; do sleep 1; left=$((left - 1)); done
      if [ $# -gt 0 ] && [ ! -e "$cache" ] && nice -n 19 "$@"; then
        mv -f "$learnt.aot" "$cache"
      fi
      rm -f "$learnt" "$learnt.aot"
      """;

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** The one that {@code ./pacs} gave this JVM. */
  static Optional<ClassCache> ofThisJvm() {
    return Optional.ofNullable(System.getProperty(FILE))
        .map(Path::of)
        .map(file ->
            new ClassCache(file, Optional.ofNullable(System.getProperty(LEARNT)).map(Path::of)));
  }

  boolean learns() {
    return learnt.isPresent();
  }

  /**
   * Comes when this JVM is about to end: has the cache made, or removes one that didn't fit, lest
   * it be in the way of a better one.
   *
   * @param ready whether the product was; one that wasn't has learnt too little
   */
  void atEnd(boolean ready) {
    try {
      if (learnt.isPresent()) {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        List<String> maker = maker(learnt.get(), options, System.getProperty("java.class.path"));
        makeAfter(ProcessHandle.current(), learnt.get(), ready ? maker : List.of());
      } else if (!used()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("Starts stay as slow as this one: {}", e.toString());
    }
  }

  /** A JVM with a cache that doesn't fit shares no classes at all, not even the JDK's. */
  private static boolean used() {
    return System.getProperty("java.vm.info", "").contains("sharing");
  }

  /** The command that makes {@code <learnt>.aot} of what a JVM of those options learnt. */
  static List<String> maker(Path learnt, List<String> options, String classPath) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:AOTMode=create", "-XX:+UseSerialGC", "-Xmx1g"));
    line.addAll(List.of("-XX:AOTConfiguration=" + learnt, "-XX:AOTCache=" + learnt + ".aot"));
    // Those that decide which modules there are.
    options.stream().filter(option -> option.startsWith("--")).forEach(line::add);
    line.addAll(List.of("-cp", classPath));
    return line;
  }

  /**
   * Has it made when that process has ended.
   *
   * @param maker makes {@code <learnt>.aot}; empty to remove what was learnt
   */
  Process makeAfter(ProcessHandle jvm, Path learnt, List<String> maker) throws IOException {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // A Ctrl-C in the terminal is for the product.
      line.add(SETSID.toString());
    }
    line.addAll(List.of("/bin/sh", "-c", MAKE, "classes", String.valueOf(jvm.pid())));
    line.addAll(List.of(learnt.toString(), file.toString()));
    line.addAll(maker);
    return new ProcessBuilder(line)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
