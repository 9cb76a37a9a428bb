package org.regionalpacs.wado.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * An error as RFC 9457 has it.
 *
 * @param status HTTP status
 * @param detail what is wrong, for the reader
 * @param headers of the response
 * @param members more members of the body, by name
 */
record Problem(
    HttpStatus status, String detail, Map<String, String> headers, Map<String, Object> members) {

  static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, Map.of(), Map.of());
  }

  Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, detail, more, members);
  }

  Problem with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(status, detail, headers, more);
  }

  /** The members of the body, in their order. */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", status.getReasonPhrase());
    body.put("status", status.value());
    body.put("detail", detail);
    body.putAll(members);
    return body;
  }
}
