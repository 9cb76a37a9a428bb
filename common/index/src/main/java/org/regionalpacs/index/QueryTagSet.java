package org.regionalpacs.index;

import java.util.List;
import java.util.Map;

/**
 * The query tags of all tenants, as they were at one moment.
 *
 * @param generation of {@code query_tag_generation}
 * @param byTenant those that aren't being deleted
 */
public record QueryTagSet(long generation, Map<String, List<QueryTag>> byTenant) {

  /** Before there were any. */
  public static final QueryTagSet NONE = new QueryTagSet(0, Map.of());

  /** Those of a tenant. */
  public List<QueryTag> of(String tenant) {
    return byTenant.getOrDefault(tenant, List.of());
  }
}
