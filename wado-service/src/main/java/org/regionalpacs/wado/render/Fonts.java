package org.regionalpacs.wado.render;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this host can draw text: Java takes its fonts, which servers often lack. */
final class Fonts {
  private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);
  private static final boolean USABLE = tryOut();

  private Fonts() {}

  static boolean usable() {
    return USABLE;
  }

  private static boolean tryOut() {
    try {
      var context = new FontRenderContext(null, true, true);
      return new TextLayout("A", new Font(Font.SANS_SERIF, Font.BOLD, 12), context)
              .getBounds()
              .getWidth()
          > 0;
    } catch (RuntimeException | Error e) {
      // What it throws depends on what is missing: no fontconfig is an InternalError.
      LOG.warn("No annotations can be drawn, install fontconfig and a font: {}", e.toString());
      return false;
    }
  }
}
