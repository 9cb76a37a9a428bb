package org.regionalpacs.wado.render;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.codec.display.VoiFunction;
import org.regionalpacs.codec.display.Window;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.UnavailableException;

/**
 * How pictures are to be made (PS3.18 8.3.5.1). Other parameters are passed over.
 *
 * @param viewport what they are fitted into; as large as the frame when none is given
 * @param window of grey frames; that of the object when none is given
 * @param quality of JPEG pictures, 1 to 100
 * @param annotations what is burned in
 */
record RenderParameters(
    Optional<Viewport> viewport,
    Optional<Window> window,
    int quality,
    Set<Annotation> annotations) {

  /**
   * The parameters of a request for rendered pictures.
   *
   * @throws BadParameterException names the one that can't be understood
   */
  static RenderParameters of(HttpServletRequest request, RenderProperties properties) {
    return new RenderParameters(
        parameter(request, Viewport.NAME)
            .map(text -> Viewport.parse(text, properties.maxViewport())),
        parameter(request, "window").map(RenderParameters::window),
        parameter(request, "quality")
            .map(text -> quality("quality", text))
            .orElse(properties.quality()),
        parameter(request, Annotation.NAME)
            .map(text -> drawable(Annotation.parse(text), Fonts.usable()))
            .orElse(Set.of()));
  }

  /**
   * A picture that was to say whose it is isn't sent without.
   *
   * @param fonts whether text can be drawn
   */
  static Set<Annotation> drawable(Set<Annotation> annotations, boolean fonts) {
    if (!fonts) {
      throw new UnavailableException(
          "Annotations can't be drawn, as the server has no fonts; ask for the picture without, or"
              + " have fontconfig and a font installed there.");
    }
    return annotations;
  }

  /** Those of a thumbnail, which has a viewport without a region only (PS3.18 8.3.5.2). */
  static RenderParameters ofThumbnail(HttpServletRequest request, RenderProperties properties) {
    Optional<Viewport> wanted =
        parameter(request, Viewport.NAME)
            .map(text -> Viewport.parse(text, properties.maxViewport()));
    if (wanted.isPresent() && !wanted.get().region().equals(Region.WHOLE)) {
      throw new BadParameterException(
          Viewport.NAME, "The viewport of a thumbnail is vw,vh; it shows the whole image.");
    }
    int side = properties.thumbnailSize();
    Viewport viewport = wanted.orElse(Viewport.of(side, side));
    return new RenderParameters(
        Optional.of(viewport), Optional.empty(), properties.quality(), Set.of());
  }

  /** The same fitted into another viewport. */
  RenderParameters fittedInto(int width, int height) {
    Region region = viewport.map(Viewport::region).orElse(Region.WHOLE);
    Viewport other = new Viewport(width, height, region);
    return new RenderParameters(Optional.of(other), window, quality, annotations);
  }

  /** A parameter, which may be given once. */
  static Optional<String> parameter(HttpServletRequest request, String name) {
    String[] values = request.getParameterValues(name);
    if (values != null && values.length > 1) {
      throw new BadParameterException(name, "The parameter " + name + " may be given once.");
    }
    return Optional.ofNullable(values).map(one -> one[0]);
  }

  /** PS3.18 8.3.5.1.4: center, width and one of linear, linear-exact, sigmoid. */
  private static Window window(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw badWindow();
    }
    String name = parts.length < 3 ? "linear" : parts[2];
    try {
      VoiFunction function =
          VoiFunction.named(name.toUpperCase(Locale.ROOT).replace('-', '_'))
              .orElseThrow(RenderParameters::badWindow);
      return new Window(decimal(parts[0]), decimal(parts[1]), function);
    } catch (IllegalArgumentException e) {
      throw badWindow();
    }
  }

  private static double decimal(String text) {
    return Decimals.parse(text).orElseThrow(RenderParameters::badWindow);
  }

  private static BadParameterException badWindow() {
    return new BadParameterException(
        "window",
        "The window must be center,width,function: two decimal numbers and linear (width from 1"
            + " on), linear-exact or sigmoid (width above 0).");
  }

  static int quality(String name, String text) {
    if (!text.matches("[1-9]\\d?|100")) {
      throw new BadParameterException(name, "The quality must be a number from 1 to 100.");
    }
    return Integer.parseInt(text);
  }
}
