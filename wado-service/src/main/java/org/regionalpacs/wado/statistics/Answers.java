package org.regionalpacs.wado.statistics;

import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** What is answered. */
final class Answers {
  private Answers() {}

  /** No cache on the way keeps it: it is one tenant's, and of now. */
  static ResponseEntity<Map<String, Object>> of(Map<String, Object> answer) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer);
  }
}
