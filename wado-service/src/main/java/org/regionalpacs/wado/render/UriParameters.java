package org.regionalpacs.wado.render;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.regionalpacs.codec.display.VoiFunction;
import org.regionalpacs.codec.display.Window;
import org.regionalpacs.wado.web.BadParameterException;

/**
 * The parameters of WADO-URI that say how to render (PS3.18 9.5.1.2). Empty ones are taken as not
 * given.
 *
 * @param frame the frame that is wanted, from 1
 * @param picture how pictures are to be made
 */
record UriParameters(OptionalInt frame, RenderParameters picture) {
  private static final String ROWS = "rows";
  private static final String COLUMNS = "columns";
  private static final String REGION = "region";
  private static final String FRAME = "frameNumber";
  private static final String CENTER = "windowCenter";
  private static final String WIDTH = "windowWidth";
  private static final String QUALITY = "imageQuality";

  /** PS3.18 has both names for it, in the request's syntax and in table 9.5.1-1. */
  private static final List<String> ANNOTATION = List.of(Annotation.NAME, "imageAnnotation");

  private static final List<String> PRESENTATION =
      List.of("presentationUID", "presentationSeriesUID");

  /** Their names, as far as they are of no use for what isn't rendered. */
  static final List<String> NAMES =
      List.of(
          ROWS,
          COLUMNS,
          REGION,
          FRAME,
          CENTER,
          WIDTH,
          QUALITY,
          ANNOTATION.getFirst(),
          ANNOTATION.getLast(),
          PRESENTATION.getFirst(),
          PRESENTATION.getLast());

  /**
   * Reads them.
   *
   * @throws BadParameterException names the one that can't be understood, or isn't supported
   */
  static UriParameters of(HttpServletRequest request, RenderProperties properties) {
    refusePresentation(request);
    return new UriParameters(
        given(request, FRAME).map(text -> number(FRAME, text)).stream()
            .mapToInt(Integer::intValue)
            .findFirst(),
        new RenderParameters(
            viewport(request, properties.maxViewport()),
            window(request),
            given(request, QUALITY)
                .map(text -> RenderParameters.quality(QUALITY, text))
                .orElse(properties.quality()),
            annotations(request)));
  }

  /** A picture without what the presentation state hides or marks could mislead. */
  private static void refusePresentation(HttpServletRequest request) {
    for (String name : PRESENTATION) {
      if (given(request, name).isPresent()) {
        throw new BadParameterException(
            name,
            "Presentation states aren't applied here; leave presentationUID and"
                + " presentationSeriesUID out for the image without, or get both as"
                + " application/dicom.");
      }
    }
  }

  /**
   * Asking for it to be done is never passed over: who does relies on it (PS3.18 9.4.1.2.1).
   *
   * @throws BadParameterException when it is asked for
   */
  static void refuseAnonymizing(HttpServletRequest request) {
    String name = "anonymize";
    for (String given : Collections.list(request.getParameterNames())) {
      if (given.equalsIgnoreCase(name)) {
        for (String value : request.getParameterValues(given)) {
          if (!value.equalsIgnoreCase("no")) {
            throw new BadParameterException(
                name,
                "Objects aren't anonymized here. Nothing was sent; leave anonymize out if the"
                    + " object may be had with the patient's identity, and de-identify it yourself"
                    + " if it is to be passed on.");
          }
        }
      }
    }
  }

  private static Optional<String> given(HttpServletRequest request, String name) {
    return RenderParameters.parameter(request, name).filter(text -> !text.isEmpty());
  }

  private static int number(String name, String text) {
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new BadParameterException(name, name + " must be a whole number from 1 on.");
    }
    return Integer.parseInt(text);
  }

  /** 9.5.1.2.4: the largest picture within rows and columns; one that isn't given is free. */
  private static Optional<Viewport> viewport(HttpServletRequest request, int maxPixels) {
    Optional<Integer> rows = side(request, ROWS, maxPixels);
    Optional<Integer> columns = side(request, COLUMNS, maxPixels);
    Optional<Region> region = given(request, REGION).map(UriParameters::region);
    if (rows.isEmpty() && columns.isEmpty()) {
      return region.map(part -> new Viewport(0, 0, part));
    }
    int width = columns.orElseGet(() -> maxPixels / rows.orElseThrow());
    int height = rows.orElseGet(() -> maxPixels / columns.orElseThrow());
    if ((long) width * height > maxPixels) {
      throw new BadParameterException(
          ROWS, "rows and columns may make " + maxPixels + " pixels at most.");
    }
    return Optional.of(new Viewport(width, height, region.orElse(Region.WHOLE)));
  }

  private static Optional<Integer> side(HttpServletRequest request, String name, int most) {
    Optional<Integer> side = given(request, name).map(text -> number(name, text));
    if (side.orElse(1) > most) {
      throw new BadParameterException(name, name + " may be " + most + " at most.");
    }
    return side;
  }

  /** 9.5.1.2.5: left, top, right and bottom, as fractions of the image. */
  private static Region region(String text) {
    String[] parts = text.split(",", 5);
    double[] edges = new double[4];
    boolean good = parts.length == edges.length;
    for (int i = 0; good && i < edges.length; i++) {
      edges[i] = Decimals.parse(parts[i].strip()).orElse(-1);
      good = edges[i] >= 0 && edges[i] <= 1;
    }
    if (!good || edges[0] >= edges[2] || edges[1] >= edges[3]) {
      throw new BadParameterException(
          REGION,
          "The region must be left,top,right,bottom: decimal numbers from 0.0 to 1.0, left less"
              + " than right and top less than bottom.");
    }
    return new Region.Fractions(edges[0], edges[1], edges[2], edges[3]);
  }

  /** 9.5.1.2.6: both or none. */
  private static Optional<Window> window(HttpServletRequest request) {
    Optional<String> center = given(request, CENTER);
    Optional<String> width = given(request, WIDTH);
    if (center.isEmpty() && width.isEmpty()) {
      return Optional.empty();
    }
    if (center.isEmpty() || width.isEmpty()) {
      throw new BadParameterException(
          center.isEmpty() ? CENTER : WIDTH, "windowCenter and windowWidth go together.");
    }
    double middle = decimal(CENTER, center.get());
    double wide = decimal(WIDTH, width.get());
    if (wide < 1) {
      throw new BadParameterException(WIDTH, "windowWidth must be 1 at least.");
    }
    return Optional.of(new Window(middle, wide, VoiFunction.LINEAR));
  }

  private static double decimal(String name, String text) {
    return Decimals.parse(text)
        .orElseThrow(() -> new BadParameterException(name, name + " must be a decimal number."));
  }

  private static Set<Annotation> annotations(HttpServletRequest request) {
    Function<String, Set<Annotation>> drawable =
        text -> RenderParameters.drawable(Annotation.parse(text), Fonts.usable());
    return ANNOTATION.stream()
        .flatMap(name -> given(request, name).stream())
        .findFirst()
        .map(drawable)
        .orElse(Set.of());
  }
}
