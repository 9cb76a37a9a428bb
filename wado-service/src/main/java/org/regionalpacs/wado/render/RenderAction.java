package org.regionalpacs.wado.render;

/** How a representation comes about. */
enum RenderAction {
  /** A frame becomes a picture; all frames become one each in a multipart body. */
  PICTURE,
  /** All frames become one moving picture. */
  ANIMATION,
  /** The encapsulated document or video goes out as it is stored. */
  AS_STORED
}
