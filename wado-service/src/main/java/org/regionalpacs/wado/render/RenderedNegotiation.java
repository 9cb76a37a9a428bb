package org.regionalpacs.wado.render;

import static org.regionalpacs.wado.render.RenderAction.ANIMATION;
import static org.regionalpacs.wado.render.RenderAction.AS_STORED;
import static org.regionalpacs.wado.render.RenderAction.PICTURE;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/**
 * Negotiation of rendered resources (PS3.18 8.7.4, 8.7.8) as a table: what is stored, the media
 * types it can be sent as, the default first, and how.
 */
final class RenderedNegotiation {
  static final String JPEG = "image/jpeg";
  static final String PNG = "image/png";
  static final String GIF = "image/gif";

  /** What every object can be had as. */
  static final List<String> AS_STORED_OBJECT =
      List.of("multipart/related; type=\"application/dicom\"; transfer-syntax=*");

  private static final Map<StoredContent, Map<String, RenderAction>> TABLE =
      new EnumMap<>(StoredContent.class);

  static {
    row(StoredContent.SINGLE_FRAME, PICTURE, JPEG, PNG, GIF);
    row(StoredContent.MULTI_FRAME, PICTURE, JPEG, PNG);
    TABLE.get(StoredContent.MULTI_FRAME).put(GIF, ANIMATION);
    row(StoredContent.MPEG_2, AS_STORED, "video/mpeg");
    row(StoredContent.MPEG_4, AS_STORED, "video/mp4");
    row(StoredContent.PDF, AS_STORED, "application/pdf");
    row(StoredContent.CDA, AS_STORED, "text/xml");
    row(StoredContent.STL, AS_STORED, "model/stl");
    row(StoredContent.OBJ, AS_STORED, "model/obj");
    row(StoredContent.MTL, AS_STORED, "model/mtl");
    row(StoredContent.UNDECODED, PICTURE);
    row(StoredContent.NO_IMAGE, PICTURE);
  }

  private RenderedNegotiation() {}

  /**
   * How to answer.
   *
   * @param multipart as multipart/related, each instance or frame a part; else one body
   * @param range the media range that decided
   */
  record Plan(boolean multipart, MediaRange range) {

    /** How content goes out; empty when it is left out of a multipart body. */
    Optional<Representation> of(StoredContent content) {
      return representation(content, range);
    }
  }

  /**
   * A way to send something.
   *
   * @param mediaType of the body or part
   * @param action how it is made
   */
  record Representation(String mediaType, RenderAction action) {}

  /**
   * Chooses for one instance or one frame. A single part of several frames is one picture of them,
   * unless all are asked for as a moving one.
   *
   * @param accepted most wanted first
   * @throws NotAcceptableException when it can't be sent as accepted
   */
  static Plan one(List<MediaRange> accepted, StoredContent content) {
    return find(accepted, content).orElseThrow(() -> nothing(List.of(content)));
  }

  /** The same; empty when it can't be sent as accepted. */
  static Optional<Plan> find(List<MediaRange> accepted, StoredContent content) {
    return accepted.stream()
        .filter(range -> representation(content, range).isPresent())
        .findFirst()
        .map(range -> new Plan(range.multipart(), range));
  }

  /** The media types that something stored can be sent as, the default first. */
  static Set<String> mediaTypes(StoredContent content) {
    return TABLE.get(content).keySet();
  }

  /**
   * Chooses for several frames or for the instances of a study or series: as parts, or all pictures
   * as one that moves.
   */
  static Plan several(List<MediaRange> accepted, Collection<StoredContent> contents) {
    for (MediaRange range : accepted) {
      boolean multipart = range.multipart() || range.anything();
      boolean served =
          multipart
              ? contents.stream().anyMatch(content -> representation(content, range).isPresent())
              : range.covers(GIF) && contents.stream().anyMatch(StoredContent::isPicture);
      if (served) {
        return new Plan(multipart, range);
      }
    }
    throw nothing(contents);
  }

  /** Chooses the media type of a thumbnail, which is always one picture. */
  static Plan thumbnail(List<MediaRange> accepted) {
    return one(accepted, StoredContent.SINGLE_FRAME);
  }

  private static Optional<Representation> representation(StoredContent content, MediaRange range) {
    return TABLE.get(content).entrySet().stream()
        .filter(entry -> range.covers(entry.getKey()))
        .findFirst()
        .map(entry -> new Representation(entry.getKey(), entry.getValue()));
  }

  /** What is stored could be sent as something else than is accepted, or not be rendered at all. */
  private static NotAcceptableException nothing(Collection<StoredContent> contents) {
    Set<String> available = new LinkedHashSet<>();
    contents.forEach(content -> available.addAll(mediaTypes(content)));
    return available.isEmpty()
        ? noPicture(contents.iterator().next())
        : new NotAcceptableException(available);
  }

  /** There is no picture of it, whatever is accepted. */
  static NotAcceptableException noPicture(StoredContent content) {
    return new NotAcceptableException(whyNoPicture(content), AS_STORED_OBJECT);
  }

  static String whyNoPicture(StoredContent content) {
    return switch (content) {
      case UNDECODED -> "Pixel data in its transfer syntax can't be rendered here";
      case MPEG_2, MPEG_4 -> "Frames of a video can't be rendered here";
      case PDF, CDA, STL, OBJ, MTL -> "A document has no frames";
      case SINGLE_FRAME, MULTI_FRAME, NO_IMAGE -> "There is nothing in it that could be rendered";
    };
  }

  private static void row(StoredContent content, RenderAction action, String... mediaTypes) {
    Map<String, RenderAction> row = new LinkedHashMap<>();
    for (String mediaType : mediaTypes) {
      row.put(mediaType, action);
    }
    TABLE.put(content, row);
  }
}
