package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds handlers as its parent does, which compares a path with all patterns there are: once for
 * all paths that differ in UIDs only. What a handler is chosen by beside method and path isn't
 * remembered.
 */
final class KnownPaths extends RequestMappingHandlerMapping {
  /** Paths come from strangers. There are some sixty patterns. */
  private static final int MOST = 512;

  private static final int LONGEST = 512;
  private static final String MATCHED = KnownPaths.class.getName();

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /**
   * A handler and what it is mapped by.
   *
   * @param mapping with the one pattern that matched
   */
  private record Known(RequestMappingInfo mapping, HandlerMethod handler) {}

  @Override
  protected HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    Optional<String> shape = shape(request.getMethod(), path);
    Optional<Known> before = shape.map(known::get);
    if (before.isPresent()) {
      HandlerMethod handler = before.get().handler();
      request.setAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
      handleMatch(before.get().mapping(), path, request);
      return handler;
    }
    HandlerMethod found = super.lookupHandlerMethod(path, request);
    if (found != null
        && shape.isPresent()
        && known.size() < MOST
        && request.getAttribute(MATCHED) instanceof RequestMappingInfo mapping
        && isByPathOnly(mapping)) {
      known.put(shape.get(), new Known(mapping, found));
    }
    return found;
  }

  @Override
  protected void handleMatch(RequestMappingInfo mapping, String path, HttpServletRequest request) {
    super.handleMatch(mapping, path, request);
    request.setAttribute(MATCHED, mapping);
  }

  private static boolean isByPathOnly(RequestMappingInfo mapping) {
    return mapping.getParamsCondition().isEmpty()
        && mapping.getHeadersCondition().isEmpty()
        && mapping.getConsumesCondition().isEmpty()
        && mapping.getProducesCondition().isEmpty()
        && mapping.getCustomCondition() == null;
  }

  /**
   * A method and a path with each segment of digits and dots as one star; no pattern names such a
   * segment. Empty for what isn't read, and for paths that have to be decoded.
   */
  static Optional<String> shape(String method, String path) {
    if (!method.equals("GET") && !method.equals("HEAD") || path.length() > LONGEST) {
      return Optional.empty();
    }
    StringBuilder shape = new StringBuilder(path.length()).append(method);
    int segment = shape.length();
    boolean number = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/') {
        starIf(number, shape, segment);
        shape.append('/');
        segment = shape.length();
        number = true;
      } else if (isPlain(c)) {
        number &= c >= '0' && c <= '9' || c == '.';
        shape.append(c);
      } else {
        return Optional.empty();
      }
    }
    starIf(number, shape, segment);
    return Optional.of(shape.toString());
  }

  private static void starIf(boolean number, StringBuilder shape, int segment) {
    if (number && shape.length() > segment) {
      shape.setLength(segment);
      shape.append('*');
    }
  }

  private static boolean isPlain(char c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '.'
        || c == '-'
        || c == '_';
  }
}
