package org.regionalpacs.wado.portal;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Scripts and style sheets of the page: its own, and htmx and Pico CSS from their WebJars. */
@Component
class PortalFiles {
  private static final String WEBJARS = "classpath*:META-INF/resources/webjars/";
  private static final String OWN = "classpath:portal/files/";
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String STYLE = "text/css;charset=utf-8";

  private final Map<String, PortalFile> files = new TreeMap<>();
  private final String key;

  PortalFiles() throws IOException {
    add("htmx.min.js", SCRIPT, WEBJARS + "htmx.org/*/dist/htmx.min.js");
    add("pico.min.css", STYLE, WEBJARS + "picocss__pico/*/css/pico.blue.min.css");
    add("portal.js", SCRIPT, OWN + "portal.js");
    add("ahead.js", SCRIPT, OWN + "ahead.js");
    add("portal.css", STYLE, OWN + "portal.css");
    this.key = digest();
  }

  private void add(String name, String type, String pattern) throws IOException {
    Resource[] found = new PathMatchingResourcePatternResolver().getResources(pattern);
    Resource resource =
        Arrays.stream(found)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("not on the class path: " + pattern));
    files.put(name, PortalFile.of(type, resource.getContentAsByteArray()));
  }

  private String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.values().forEach(file -> digest.update(file.bytes()));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stands in the path of the files: other content has other paths. */
  String key() {
    return key;
  }

  Optional<PortalFile> find(String name) {
    return Optional.ofNullable(files.get(name));
  }
}
