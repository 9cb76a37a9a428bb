package org.regionalpacs.standalone;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression of Prometheus asks for, as far as that is told by its text. */
final class PromQl {
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
  private static final Pattern OFFSET = Pattern.compile("\\boffset\\s+\\w+");
  private static final Pattern SELECTOR =
      Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)\\}|(?![\\w:]))(?!\\s*\\()");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=|!=|=~|!~)");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  private PromQl() {}

  /** The metrics that are asked for, with the labels that they are chosen by. */
  static Map<String, Set<String>> selectors(String expression) {
    String plain = TEXT.matcher(expression).replaceAll("\"\"");
    for (Pattern other : new Pattern[] {GROUPING, RANGE, OFFSET}) {
      plain = other.matcher(plain).replaceAll(" ");
    }
    Map<String, Set<String>> found = new TreeMap<>();
    Matcher selector = SELECTOR.matcher(plain);
    while (selector.find()) {
      if (!WORDS.contains(selector.group(1))) {
        found
            .computeIfAbsent(selector.group(1), _ -> new TreeSet<>())
            .addAll(labels(selector.group(2)));
      }
    }
    return found;
  }

  private static Set<String> labels(String matchers) {
    Set<String> labels = new HashSet<>();
    if (matchers != null) {
      LABEL.matcher(matchers).results().map(PromQl::name).forEach(labels::add);
    }
    return labels;
  }

  private static String name(MatchResult label) {
    return label.group(1);
  }
}
