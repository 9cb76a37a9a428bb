package org.regionalpacs.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** deploy/nginx/nginx.conf.template, as the nginx image makes a configuration of it. */
public final class NginxTemplate {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(PACS_NGINX_[A-Z_]+)}");

  private NginxTemplate() {}

  /**
   * The configuration.
   *
   * @param environment every variable that the template has; others are of no use
   */
  public static String with(Map<String, String> environment) {
    return VARIABLE
        .matcher(text())
        .replaceAll(found -> {
          String value = environment.get(found.group(1));
          if (value == null) {
            throw new IllegalArgumentException(found.group(1) + " isn't set");
          }
          return Matcher.quoteReplacement(value);
        });
  }

  static Set<String> variables() {
    Set<String> names = new TreeSet<>();
    VARIABLE.matcher(text()).results().forEach(found -> names.add(found.group(1)));
    return names;
  }

  private static String text() {
    try {
      return Files.readString(ComposeFile.REPOSITORY.resolve("deploy/nginx/nginx.conf.template"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
