package org.regionalpacs.standalone;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A settings file of a service as people read it: its keys, with the comments above them. Keys that
 * are only shown in comments, as those of lists are, count too.
 */
final class SettingsText {
  private static final Pattern KEY = Pattern.compile("( *)([\\w.\\[\\]-]+):(?: (.*))?");

  /** Alone in its line, or of several words, which no other text has before a colon. */
  private static final Pattern SHOWN =
      Pattern.compile(" *# (?:([a-z][a-z0-9.-]*):|([a-z0-9]+-[a-z0-9-]+): .*)");

  private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
  private static final Pattern VARIABLE =
      Pattern.compile("\"?\\$\\{([A-Z0-9_]+)(?::(.*?))?}\"?(?: #.*)?");
  private static final Pattern PLAIN = Pattern.compile("(.*?)(?: #.*)?");

  private final List<Setting> settings = new ArrayList<>();
  private final Deque<Level> path = new ArrayDeque<>();
  private final List<String> comment = new ArrayList<>();
  private boolean example;

  private SettingsText() {}

  /**
   * One key.
   *
   * @param variable of the environment, if there is one
   * @param fallback what holds when nobody says otherwise; empty for keys that are only shown
   * @param says the comment above it, in one line; empty when it has none of its own
   */
  record Setting(String key, Optional<String> variable, String fallback, String says) {}

  private record Level(int indent, String key) {}

  static List<Setting> read(String text) {
    SettingsText file = new SettingsText();
    // A text that goes on in the next line.
    text.replaceAll("\\\\\\n *\\\\?", "").lines().forEach(file::line);
    return file.settings;
  }

  private void line(String line) {
    Matcher shown = SHOWN.matcher(line);
    Matcher said = COMMENT.matcher(line);
    Matcher key = KEY.matcher(line);
    if (shown.matches()) {
      shown(line.indexOf('#'), Optional.ofNullable(shown.group(1)).orElse(shown.group(2)));
    } else if (said.matches()) {
      said(said.group(1));
    } else if (key.matches()) {
      key(key.group(1).length(), key.group(2), Optional.ofNullable(key.group(3)).orElse(""));
    } else {
      comment.clear();
      example = false;
    }
  }

  private void said(String text) {
    // What is shown is indented below its key.
    if (example && text.startsWith(" ")) {
      return;
    }
    example = false;
    comment.add(text.strip());
  }

  private void shown(int indent, String key) {
    leave(indent);
    add(key, Optional.empty(), "");
    example = true;
  }

  private void key(int indent, String key, String value) {
    example = false;
    leave(indent);
    if (value.isEmpty() || value.startsWith("#")) {
      // What is said of all is said with the first.
      path.push(new Level(indent, key));
      return;
    }
    Matcher variable = VARIABLE.matcher(value);
    if (variable.matches()) {
      add(key, Optional.of(variable.group(1)), Optional.ofNullable(variable.group(2)).orElse(""));
      return;
    }
    Matcher plain = PLAIN.matcher(value);
    add(key, Optional.empty(), plain.matches() ? plain.group(1) : value);
  }

  private void leave(int indent) {
    while (!path.isEmpty() && path.peek().indent() >= indent) {
      path.pop();
    }
  }

  private void add(String key, Optional<String> variable, String fallback) {
    StringBuilder whole = new StringBuilder();
    path.descendingIterator().forEachRemaining(level -> whole.append(level.key()).append('.'));
    settings.add(
        new Setting(whole.append(key).toString(), variable, fallback, String.join(" ", comment)));
    comment.clear();
  }
}
