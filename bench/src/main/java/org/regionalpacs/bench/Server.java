package org.regionalpacs.bench;

/** One that answers over HTTP. */
interface Server extends Contender {
  /** Its port on the loopback. */
  int http();
}
