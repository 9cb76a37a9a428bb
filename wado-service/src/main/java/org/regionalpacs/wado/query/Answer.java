package org.regionalpacs.wado.query;

import java.util.List;

/**
 * The whole answer to a search; nobody changes it. Bytes, and no stream that one reader would hold
 * while it is slow: all who asked for the same have the same answer.
 *
 * @param contentType of the body
 * @param warnings what is said beside it
 * @param body empty when there is no content
 */
record Answer(String contentType, List<String> warnings, byte[] body) {

  /** Whether there is no body, as its media type has none without results. */
  boolean noContent() {
    return body.length == 0;
  }
}
