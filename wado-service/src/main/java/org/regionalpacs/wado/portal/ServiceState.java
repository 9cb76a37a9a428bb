package org.regionalpacs.wado.portal;

/** How a service is. */
public enum ServiceState {
  UP,
  /** It works, and says of a part of it that it doesn't. */
  DEGRADED,
  DOWN
}
