package org.regionalpacs.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The tenants of this region and how a request names them. Immutable. */
public final class Tenants {
  /** A tenant id becomes a folder, a cache key and a part of a URL. */
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private final String defaultTenant;
  private final Map<String, String> byAeTitle;
  private final Set<String> ids;

  /**
   * @throws IllegalArgumentException when a tenant id or an AE title can't be used, naming it
   */
  public Tenants(TenantProperties properties) {
    this.defaultTenant = requireId(properties.defaultTenant());
    this.byAeTitle = new LinkedHashMap<>();
    this.ids = new TreeSet<>();
    ids.add(defaultTenant);
    for (TenantProperties.AeTitle ae : properties.aeTitles()) {
      String title = ae.title().strip();
      if (title.isEmpty() || title.length() > 16) {
        throw new IllegalArgumentException(
            "pacs.tenants.ae-titles: '" + title + "' is no AE title (1 to 16 characters)");
      }
      byAeTitle.put(title, requireId(ae.tenant()));
      ids.add(ae.tenant());
    }
  }

  private static String requireId(String tenant) {
    if (!ID.matcher(tenant).matches()) {
      throw new IllegalArgumentException(
          "pacs.tenants: '" + tenant + "' is no tenant id (lower-case letters, digits, '-', '_')");
    }
    return tenant;
  }

  /** The tenant of requests that name none. */
  public String defaultTenant() {
    return defaultTenant;
  }

  /** The tenant that a called AE title stands for; empty when nobody is called so here. */
  public Optional<String> byCalledAe(String title) {
    return Optional.ofNullable(byAeTitle.get(title.strip()));
  }

  /** Whether there is such a tenant. */
  public boolean exists(String tenant) {
    return ids.contains(tenant);
  }

  /** All tenant ids, sorted. */
  public Set<String> ids() {
    return Set.copyOf(ids);
  }
}
