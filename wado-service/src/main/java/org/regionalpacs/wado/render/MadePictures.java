package org.regionalpacs.wado.render;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.wado.web.RequestLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Single pictures that were made before, in Redis: whoever opens a list of studies wants the same
 * thumbnails again. Pictures with the patient's name in them aren't kept, nor large ones.
 */
@Component
class MadePictures {
  private final Optional<HotCache> cache;
  private final int longest;

  MadePictures(ObjectProvider<HotCache> cache, RenderProperties properties) {
    this.cache = Optional.ofNullable(cache.getIfAvailable());
    this.longest = (int) properties.maxCached().toBytes();
  }

  /** Makes a picture. */
  @FunctionalInterface
  interface Maker {
    byte[] make() throws IOException;
  }

  /**
   * A picture from there, else made.
   *
   * @param log is told when it comes from there
   * @throws IOException as the maker
   */
  byte[] of(PictureName name, RequestLog log, Maker maker) throws IOException {
    if (cache.isEmpty() || longest == 0 || name.identifying()) {
      return maker.make();
    }
    Optional<byte[]> found = cache.get().find(name.key(), longest);
    if (found.isPresent()) {
      log.servedFrom(HotCache.NAME);
      return found.get();
    }
    byte[] made = maker.make();
    if (made.length <= longest) {
      cache.get().keep(name.key(), made);
    }
    return made;
  }
}
