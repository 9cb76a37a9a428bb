package org.regionalpacs.wado.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/**
 * Negotiation of WADO-URI (PS3.18 9.1.2.2.1, 8.7.4): the object itself, or a picture or document of
 * it. Who accepts everything, or says nothing, gets an image of a single frame as image/jpeg and
 * all else as application/dicom, also what just now can't be decoded here.
 */
sealed interface UriNegotiation {
  String DICOM = "application/dicom";

  /**
   * The object itself.
   *
   * @param anyhow whether in any transfer syntax, as nothing in particular is accepted
   */
  record TheObject(boolean anyhow) implements UriNegotiation {}

  /** What is made of it. */
  record Rendered(RenderedNegotiation.Plan plan) implements UriNegotiation {}

  /**
   * Chooses.
   *
   * @param accepted most wanted first
   * @param content what a picture would be made of
   * @param decodable whether its codec is there
   * @throws NotAcceptableException when there is nothing that is accepted
   */
  static UriNegotiation of(List<MediaRange> accepted, StoredContent content, boolean decodable) {
    return accepted.stream()
        .flatMap(range -> by(range, content, decodable).stream())
        .findFirst()
        .orElseThrow(() -> nothing(content));
  }

  private static Optional<UriNegotiation> by(
      MediaRange range, StoredContent content, boolean decodable) {
    if (range.multipart()) {
      // There is one object, and one frame of it or all together.
      return Optional.empty();
    }
    boolean pictured = content == StoredContent.SINGLE_FRAME && decodable;
    if (range.covers(DICOM) && !(range.anything() && pictured)) {
      return Optional.of(new TheObject(range.anything()));
    }
    return RenderedNegotiation.find(List.of(range), content).map(Rendered::new);
  }

  private static NotAcceptableException nothing(StoredContent content) {
    List<String> available = new ArrayList<>(RenderedNegotiation.mediaTypes(content));
    available.add(DICOM);
    return available.size() == 1
        ? new NotAcceptableException(RenderedNegotiation.whyNoPicture(content), available)
        : new NotAcceptableException(available);
  }
}
