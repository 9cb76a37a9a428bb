package org.regionalpacs.security;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.CharsetFallback;

/** How each tenant's wrongly declared text is read. Immutable. */
public final class TenantCharsets {
  private final Map<String, CharsetFallback> fallbacks = new HashMap<>();

  /**
   * @throws IllegalArgumentException when a tenant is named twice
   */
  public TenantCharsets(CharsetProperties properties) {
    for (CharsetProperties.Fallback fallback : properties.fallbacks()) {
      Map<String, String> readAs =
          fallback.readAs().stream()
              .collect(
                  Collectors.toMap(
                      CharsetProperties.ReadAs::declared, CharsetProperties.ReadAs::means));
      CharsetFallback made =
          new CharsetFallback(fallback.whenAbsent(), readAs, fallback.candidates());
      if (fallbacks.put(fallback.tenant(), made) != null) {
        throw new IllegalArgumentException(
            "pacs.charsets.fallbacks: tenant '" + fallback.tenant() + "' stands there twice");
      }
    }
  }

  /** What holds for a tenant's objects. */
  public CharsetFallback of(String tenant) {
    return fallbacks.getOrDefault(tenant, CharsetFallback.DEFAULT);
  }
}
