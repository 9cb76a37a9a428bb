package org.regionalpacs.wado.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.regionalpacs.index.QueryTags;

/** The extended query tags of a tenant, looked up when the first is asked for. One a request. */
final class TagKeys {
  private final Supplier<List<TagKey>> loading;
  private Optional<List<TagKey>> loaded = Optional.empty();

  private TagKeys(Supplier<List<TagKey>> loading) {
    this.loading = loading;
  }

  /** Always these. */
  static TagKeys of(TagKey... keys) {
    return new TagKeys(() -> List.of(keys));
  }

  /** Those that the tenant has. */
  static TagKeys of(QueryTags tags, String tenant) {
    return new TagKeys(() ->
        tags.searchable(tenant).stream()
            .map(status -> new TagKey(status.tag(), status.ready(), status.errors() > 0))
            .toList());
  }

  /** All of them. */
  List<TagKey> all() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(loading.get());
    }
    return loaded.get();
  }

  /** The one of this path. */
  Optional<TagKey> of(List<Integer> path) {
    return all().stream().filter(key -> key.tag().path().equals(path)).findFirst();
  }

  /** Those that are asked for by a path: of a sequence, all in its items. */
  List<TagKey> under(List<Integer> path) {
    return all().stream()
        .filter(key ->
            key.tag()
                .path()
                .subList(0, Math.min(path.size(), key.tag().path().size()))
                .equals(path))
        .toList();
  }
}
