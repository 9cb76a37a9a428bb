package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.retrieve.HeldEncoding.Kind;
import org.regionalpacs.wado.web.MediaRange;

/**
 * A way to send frames.
 *
 * @param mediaType of each
 * @param syntax transfer syntax of each
 * @param defaultSyntax meant by a range that names the type only
 * @param use what frames are like that are sent so
 */
record FrameRepresentation(String mediaType, String syntax, String defaultSyntax, Use use) {

  private enum Use {
    /** As they are stored. */
    HELD,
    /** The same, of a preview: for who names it. */
    NAMED_ONLY,
    /** They are transcoded. */
    MADE
  }

  /** All of an encoding, what is held first; also by other names, by which is answered too. */
  static List<FrameRepresentation> allOf(HeldEncoding encoding) {
    List<FrameRepresentation> all = new ArrayList<>(standardOf(encoding));
    for (FrameRepresentation one : List.copyOf(all)) {
      FrameMediaType.of(one.syntax)
          .filter(type -> type.mediaType().equals(one.mediaType))
          .ifPresent(type ->
              type.otherNames().stream()
                  .map(
                      name -> new FrameRepresentation(name, one.syntax, one.defaultSyntax, one.use))
                  .forEach(all::add));
    }
    return all;
  }

  /** The same by the names of the standard. */
  static List<FrameRepresentation> standardOf(HeldEncoding encoding) {
    String held = encoding.frameSyntax();
    boolean preview = encoding.kind() == Kind.PREVIEW;
    List<FrameRepresentation> list = new ArrayList<>(in(held, preview ? Use.NAMED_ONLY : Use.HELD));
    if (preview || !StoredEncoding.isDecoded(held)) {
      return list;
    }
    if (!held.equals(UID.ExplicitVRLittleEndian)) {
      list.addAll(in(UID.ExplicitVRLittleEndian, Use.MADE));
    }
    MadeSyntax.OF_FRAMES.stream()
        .filter(syntax -> !syntax.equals(held))
        .forEach(syntax -> list.addAll(in(syntax, Use.MADE)));
    return list;
  }

  private static List<FrameRepresentation> in(String syntax, Use use) {
    List<FrameRepresentation> list = new ArrayList<>();
    FrameMediaType.of(syntax)
        .ifPresent(type ->
            list.add(new FrameRepresentation(type.mediaType(), syntax, type.defaultSyntax(), use)));
    list.add(
        new FrameRepresentation(FrameNegotiation.OCTETS, syntax, UID.ExplicitVRLittleEndian, use));
    return list;
  }

  /** Whether a media range asks for it. */
  boolean wantedBy(MediaRange range) {
    if (!range.covers(mediaType)) {
      return false;
    }
    Optional<String> named = range.transferSyntax();
    boolean everything = range.wanted().equals("*/*");
    return switch (use) {
      case NAMED_ONLY -> named.filter(syntax::equals).isPresent();
      case HELD ->
          named.isPresent()
              ? named.get().equals("*") || named.get().equals(syntax)
              : everything || heldByDefault(range);
      // Any of a type that what is held isn't of: the type's default.
      case MADE ->
          named.filter(name -> !name.equals("*")).isPresent()
              ? named.get().equals(syntax)
              : !everything && syntax.equals(defaultSyntax);
    };
  }

  private boolean heldByDefault(MediaRange range) {
    return syntax.equals(defaultSyntax)
        || coded()
            && (range.wanted().endsWith("*")
                || StoredEncoding.of(syntax) == StoredEncoding.LOSSY
                || StoredEncoding.of(syntax) == StoredEncoding.LOSSY_UNDECODED);
  }

  private boolean coded() {
    return !mediaType.equals(FrameNegotiation.OCTETS);
  }
}
