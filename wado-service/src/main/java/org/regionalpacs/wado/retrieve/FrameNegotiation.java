package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/**
 * Negotiation of frames (PS3.18 8.7.3.3). They go out as they are stored, so it is about what to
 * call them: native ones are octets in Explicit VR Little Endian; compressed ones have the media
 * type of their codec, and are octets to those who ask for octets in that transfer syntax or in
 * any.
 */
final class FrameNegotiation {
  static final String OCTETS = "application/octet-stream";

  private FrameNegotiation() {}

  /**
   * How to answer.
   *
   * @param multipart as multipart/related; otherwise the one frame is the body
   * @param mediaType of each frame
   * @param transferSyntax of each frame
   */
  record Plan(boolean multipart, String mediaType, String transferSyntax) {

    String contentType() {
      return mediaType + "; transfer-syntax=" + transferSyntax;
    }
  }

  /** A way to send a frame; the default syntax is meant by a range that names the type only. */
  private record Representation(String mediaType, String syntax, String defaultSyntax) {

    boolean wantedBy(MediaRange range) {
      if (!range.covers(mediaType)) {
        return false;
      }
      Optional<String> named = range.transferSyntax();
      if (named.isPresent()) {
        return named.get().equals("*") || named.get().equals(syntax);
      }
      return syntax.equals(defaultSyntax)
          || range.wanted().endsWith("*") && coded()
          || coded() && StoredEncoding.of(syntax) == StoredEncoding.LOSSY
          || range.wanted().equals("*/*");
    }

    private boolean coded() {
      return !mediaType.equals(OCTETS);
    }
  }

  /**
   * Chooses.
   *
   * @param accepted most wanted first
   * @param syntax in which the frames are
   * @param frames how many are asked for
   * @throws NotAcceptableException when they can't be sent as accepted
   */
  static Plan plan(List<MediaRange> accepted, String syntax, int frames) {
    List<Representation> representations = representations(syntax);
    List<Representation> known = new ArrayList<>(representations);
    known.addAll(byOtherNames(syntax));
    for (MediaRange range : accepted) {
      boolean multipart = range.multipart() || range.anything();
      if (!multipart && frames != 1) {
        continue;
      }
      for (Representation one : known) {
        if (one.wantedBy(range)) {
          return new Plan(multipart, one.mediaType(), syntax);
        }
      }
    }
    throw new NotAcceptableException(representations.stream().map(FrameNegotiation::name).toList());
  }

  private static List<Representation> representations(String syntax) {
    List<Representation> list = new ArrayList<>();
    FrameMediaType.of(syntax)
        .ifPresent(
            type -> list.add(new Representation(type.mediaType(), syntax, type.defaultSyntax())));
    list.add(new Representation(OCTETS, syntax, UID.ExplicitVRLittleEndian));
    return list;
  }

  /** Who asks by another name is answered by that name. */
  private static List<Representation> byOtherNames(String syntax) {
    return FrameMediaType.of(syntax).stream()
        .flatMap(type ->
            type.otherNames().stream()
                .map(name -> new Representation(name, syntax, type.defaultSyntax())))
        .toList();
  }

  private static String name(Representation one) {
    return "multipart/related; type=\"" + one.mediaType() + "\"; transfer-syntax=" + one.syntax();
  }
}
