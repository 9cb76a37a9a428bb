package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Debian's Chromium, a new one for each study, led by a script in Node.js ({@code viewer.cjs}). The
 * package that leads it isn't here: npm brings the very version of the lock file, checks it by its
 * hash, and keeps it below {@code target}.
 */
final class ViewerBrowser {
  /** Programs, and Debian's packages of them. */
  private static final Map<String, String> NEEDED = needed();

  /** Instead of studies that are opened before: the study is opened from the start page. */
  static final String START_PAGE = "start-page";

  private static final String SCRIPT = "viewer.cjs";
  private static final String LOCK = "package-lock.json";
  private static final Duration INSTALLING = Duration.ofMinutes(5);
  private static final Duration OPENING = Duration.ofMinutes(20);

  private final Path chromium;
  private final Path node;
  private final Path script;

  private ViewerBrowser(Path chromium, Path node, Path script) {
    this.chromium = chromium;
    this.node = node;
    this.script = script;
  }

  private static Map<String, String> needed() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("chromium", "chromium");
    needed.put("node", "nodejs");
    needed.put("npm", "npm");
    return needed;
  }

  /**
   * Gets what leads it, the first time from npm's registry.
   *
   * @param bench the folder of this module
   * @throws IOException when a program isn't installed, saying which, or npm can't get the package
   */
  static ViewerBrowser install(Path bench) throws IOException {
    Map<String, Path> programs = programs(Machine::program);
    Path source = bench.resolve("src/main/npm");
    Path folder = Files.createDirectories(bench.resolve("target/npm"));
    boolean kept =
        Files.exists(folder.resolve("node_modules/.package-lock.json"))
            && Files.exists(folder.resolve(LOCK))
            && Files.mismatch(source.resolve(LOCK), folder.resolve(LOCK)) < 0;
    for (String file : List.of("package.json", LOCK, SCRIPT)) {
      Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!kept) {
      String npm = programs.get("npm").toString();
      List<String> line =
          List.of(npm, "ci", "--prefix", folder.toString(), "--ignore-scripts", "--no-fund");
      try (ChildProcess child =
          ChildProcess.start("npm ci", line, Map.of(), folder.resolve("npm.log"))) {
        child.finish(INSTALLING);
      }
    }
    return new ViewerBrowser(
        programs.get("chromium"), programs.get("node"), folder.resolve(SCRIPT));
  }

  /** The programs, all of which must be there. */
  static Map<String, Path> programs(Function<String, Optional<Path>> find) throws IOException {
    Map<String, Path> found = new LinkedHashMap<>();
    List<String> packages = new ArrayList<>();
    NEEDED.forEach((program, debianPackage) ->
        find.apply(program)
            .ifPresentOrElse(path -> found.put(program, path), () -> packages.add(debianPackage)));
    if (!packages.isEmpty()) {
      throw new IOException(
          "A browser opens the studies; install what it needs: apt-get install "
              + String.join(" ", packages));
    }
    return found;
  }

  /**
   * Opens a study by a click.
   *
   * @param port of the service that has viewer and studies, on the loopback
   * @param frames how many are waited for; 0: for the first image only
   * @param before studies that are opened before in the same browser; none: its cache is empty
   * @param folder for what it keeps meanwhile
   */
  OpenedStudy open(int port, String study, int frames, List<String> before, Path folder)
      throws IOException {
    List<String> line =
        new ArrayList<>(List.of(node.toString(), script.toString(), chromium.toString()));
    line.add(folder.toString());
    line.addAll(List.of("http://127.0.0.1:" + port, study, Integer.toString(frames)));
    line.addAll(before);
    try (ChildProcess child =
        ChildProcess.start("the browser", line, Map.of(), folder.resolve("browser.log"))) {
      String output = child.finish(OPENING).strip();
      int answer = output.lastIndexOf('\n') + 1;
      System.err.print(output.substring(0, answer));
      return OpenedStudy.parse(output.substring(answer));
    }
  }

  /** Its version. */
  String version() throws IOException {
    // What starts it may complain first.
    return Machine.firstLine("sh", "-c", "\"$0\" --version 2>/dev/null", chromium.toString());
  }
}
