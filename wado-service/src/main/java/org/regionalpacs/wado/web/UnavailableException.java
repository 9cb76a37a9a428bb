package org.regionalpacs.wado.web;

import java.time.Duration;

/** What is asked for exists but can't be served now; trying again later helps: 503. */
public final class UnavailableException extends RequestException {
  private static final long serialVersionUID = 1L;

  /** When to try again. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  public UnavailableException(String detail) {
    super(detail);
  }

  public UnavailableException(String detail, Throwable cause) {
    super(detail, cause);
  }
}
