package org.regionalpacs.wado.viewer;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Has a browser get the parts of the viewer at once. It names them one after the other, each when
 * those before have run, and waits for each.
 */
final class Preloads {
  /** By the ending of a name: how a browser asks when it is needed, or it would ask twice. */
  private static final Map<String, String> KINDS =
      Map.of(
          "js", "as=\"script\"",
          "css", "as=\"style\"",
          "woff2", "as=\"font\" crossorigin=\"anonymous\"");

  private Preloads() {}

  /**
   * Links for the head of a page.
   *
   * @param names of files; they are put behind {@code @files@}
   */
  static String links(List<String> names) {
    return names.stream()
        .filter(name -> !isAskedForOtherwise(name))
        .filter(name -> KINDS.containsKey(ending(name)))
        .map(name ->
            "<link rel=\"preload\" fetchpriority=\"low\" href=\"@files@%s\" %s>"
                .formatted(name, KINDS.get(ending(name))))
        .collect(Collectors.joining());
  }

  /** The page names these itself, and workers get their own. */
  private static boolean isAskedForOtherwise(String name) {
    return name.startsWith("app.bundle.") || name.contains("worker");
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
