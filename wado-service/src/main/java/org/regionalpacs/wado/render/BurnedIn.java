package org.regionalpacs.wado.render;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.PersonName;
import org.regionalpacs.dicom.data.Tag;

/**
 * Text burned into a picture (PS3.18 8.3.5.1.1): who it is in the upper left corner, how it was
 * made in the lower left one, white with a black edge, so that it is legible on anything.
 *
 * @param patient lines about the patient
 * @param technique lines about the image
 */
record BurnedIn(List<String> patient, List<String> technique) {
  private static final int SMALLEST_FONT = 9;
  private static final int LINES = 28;

  static BurnedIn of(Attributes header, RenderParameters parameters) {
    Set<Annotation> wanted = parameters.annotations();
    return new BurnedIn(
        wanted.contains(Annotation.PATIENT) ? patient(header) : List.of(),
        wanted.contains(Annotation.TECHNIQUE) ? technique(header, parameters) : List.of());
  }

  private static List<String> patient(Attributes header) {
    PersonName name = PersonName.parse(header.getString(Tag.PatientName, ""));
    String spoken =
        Stream.of(name.alphabetic(), name.ideographic())
            .filter(group -> !group.isEmpty())
            .map(group -> group.toString().replace('^', ' ').strip())
            .collect(Collectors.joining("  "));
    return lines(
        spoken,
        labelled("ID ", header, Tag.PatientID),
        labelled("Born ", header, Tag.PatientBirthDate) + labelled("  ", header, Tag.PatientSex));
  }

  private static List<String> technique(Attributes header, RenderParameters parameters) {
    String window =
        parameters
            .window()
            .map(w -> "C " + plain(w.center()) + " W " + plain(w.width()))
            .orElseGet(() ->
                labelled("C ", header, Tag.WindowCenter)
                    + labelled(" W ", header, Tag.WindowWidth));
    return lines(
        header.getString(Tag.InstitutionName, ""),
        header.getString(Tag.Modality, "")
            + labelled("  ", header, Tag.StudyDate)
            + labelled("  ", header, Tag.SeriesDescription),
        labelled("Series ", header, Tag.SeriesNumber)
            + labelled("  Image ", header, Tag.InstanceNumber),
        labelled("", header, Tag.KVP, " kV")
            + labelled("  ", header, Tag.XRayTubeCurrent, " mA")
            + labelled("  TR ", header, Tag.RepetitionTime)
            + labelled("  TE ", header, Tag.EchoTime)
            + labelled("  ", header, Tag.SliceThickness, " mm"),
        window);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String labelled(String label, Attributes header, int tag) {
    return labelled(label, header, tag, "");
  }

  private static String labelled(String label, Attributes header, int tag, String unit) {
    return header.getString(tag).map(value -> label + value + unit).orElse("");
  }

  /** Those that aren't blank, none longer than fits on any screen. */
  private static List<String> lines(String... texts) {
    return Stream.of(texts)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> text.substring(0, Math.min(text.length(), 64)))
        .toList();
  }

  /** Writes the lines into the picture. */
  void paint(BufferedImage picture) {
    int size = Math.max(SMALLEST_FONT, Math.min(picture.getWidth(), picture.getHeight()) / LINES);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      Font font = new Font(Font.SANS_SERIF, Font.BOLD, size);
      int step = size + size / 4;
      int bottom = picture.getHeight() - step * technique.size() + size - size / 4;
      for (int i = 0; i < patient.size(); i++) {
        write(graphics, font, patient.get(i), size / 2, step + i * step);
      }
      for (int i = 0; i < technique.size(); i++) {
        write(graphics, font, technique.get(i), size / 2, bottom + i * step);
      }
    } finally {
      graphics.dispose();
    }
  }

  private static void write(Graphics2D graphics, Font font, String text, int x, int y) {
    TextLayout layout = new TextLayout(text, font, graphics.getFontRenderContext());
    var outline = layout.getOutline(AffineTransform.getTranslateInstance(x, y));
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new java.awt.BasicStroke(Math.max(2f, font.getSize() / 5f)));
    graphics.draw(outline);
    graphics.setColor(Color.WHITE);
    graphics.fill(outline);
  }
}
