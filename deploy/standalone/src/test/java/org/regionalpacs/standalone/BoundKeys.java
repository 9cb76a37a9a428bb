package org.regionalpacs.standalone;

import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The keys that the records of settings are bound to. */
final class BoundKeys {
  private static final String OURS = "org.regionalpacs";
  private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

  private BoundKeys() {}

  /** Of every record of the product. */
  static Set<String> all() throws ClassNotFoundException {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    Set<String> keys = new TreeSet<>();
    for (var found : scanner.findCandidateComponents(OURS)) {
      Class<?> type = Class.forName(found.getBeanClassName());
      if (type.isRecord()) {
        add(type.getAnnotation(ConfigurationProperties.class).value(), type, keys);
      }
    }
    return keys;
  }

  private static void add(String prefix, Class<?> type, Set<String> keys) {
    for (RecordComponent part : type.getRecordComponents()) {
      String key = prefix + "." + dashed(part.getName());
      if (part.getType().isRecord() && part.getType().getName().startsWith(OURS)) {
        add(key, part.getType(), keys);
      } else {
        keys.add(key);
      }
    }
  }

  private static String dashed(String name) {
    return CAPITAL.matcher(name).replaceAll(match -> "-" + match.group(1).toLowerCase());
  }
}
