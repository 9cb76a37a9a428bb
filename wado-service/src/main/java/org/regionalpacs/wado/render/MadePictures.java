package org.regionalpacs.wado.render;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.work.Made;
import org.regionalpacs.wado.work.MadeOnce;
import org.regionalpacs.wado.work.Waiting;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Single pictures that were made before, in Redis: whoever opens a list of studies wants the same
 * thumbnails again. Pictures with the patient's name in them aren't kept, nor large ones.
 */
@Component
class MadePictures {
  private final MadeOnce pictures;

  MadePictures(ObjectProvider<HotCache> cache, RenderProperties properties) {
    this.pictures =
        new MadeOnce(
            Optional.ofNullable(cache.getIfAvailable()),
            (int) properties.maxCached().toBytes(),
            properties.maxWait().plus(properties.maxTime()));
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
    if (name.identifying()) {
      return maker.make();
    }
    return pictures
        .of(name.key(), log, Waiting.forThisRequest(), () -> Made.of(maker.make()))
        .bytes()
        .orElseThrow();
  }
}
