package org.regionalpacs.consumer.converter;

/** A rendition was or would be of no use. The message says why and names no patient. */
final class UselessRenditionException extends Exception {
  private static final long serialVersionUID = 1L;

  UselessRenditionException(String reason) {
    super(reason);
  }
}
