package org.regionalpacs.wado.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.wado.retrieve.FrameMediaType;

/**
 * Pixel data that comes as bulk data: native, or compressed and then in fragments.
 *
 * @param transferSyntax Explicit VR Little Endian for what is native
 * @param value {@link BulkData} or {@link Fragments}
 * @param description of the first frame, where its codestream has one
 */
record PixelValue(String transferSyntax, Object value, Optional<PixelDescription> description) {
  private static final Set<String> NATIVE =
      Set.of(
          UID.ExplicitVRLittleEndian,
          UID.ImplicitVRLittleEndian,
          UID.DeflatedExplicitVRLittleEndian);

  boolean compressed() {
    return value instanceof Fragments;
  }

  /**
   * Whether pixel data of a transfer syntax is in fragments. Metadata of an object that is stored
   * in big endian says so, but bulk data of it is little endian like any other.
   */
  static boolean encapsulated(String transferSyntax) {
    return !NATIVE.contains(transferSyntax) && !transferSyntax.equals(UID.ExplicitVRBigEndian);
  }

  /**
   * Finds out what the parts of a value are (PS3.18 10.5.1.4, 8.7.3.3).
   *
   * @param parts at least one; several are a frame each
   * @param stated the transfer syntax that the metadata names; a part's own counts more
   * @param frames Number of Frames
   * @throws RefusedObjectException when they aren't pixel data that can be stored
   */
  static PixelValue of(List<BulkPart> parts, Optional<String> stated, int frames, ByteSource spool)
      throws IOException {
    BulkPart first = parts.getFirst();
    for (BulkPart part : parts) {
      if (!part.mediaType().equals(first.mediaType())
          || !part.transferSyntax().equals(first.transferSyntax())) {
        throw refused("pixel data comes in parts of several media types");
      }
    }
    if (first.octets()) {
      String syntax =
          first
              .transferSyntax()
              .or(() -> stated.filter(PixelValue::encapsulated))
              .orElse(UID.ExplicitVRLittleEndian);
      return octets(parts, syntax, frames, spool);
    }
    FrameMediaType type =
        FrameMediaType.named(first.mediaType())
            .orElseThrow(() -> refused("pixel data can't be stored as " + first.mediaType()));
    if (first.transferSyntax().isPresent() && !type.covers(first.transferSyntax().get())) {
      throw refused(first.mediaType() + " isn't of the transfer syntax that its part names");
    }
    Codestream stream = Codestream.of(Optional.of(type), first.place(), spool);
    String syntax =
        first
            .transferSyntax()
            .or(() -> stated.filter(type::covers))
            .or(stream::transferSyntax)
            .orElse(type.defaultSyntax());
    stream.requireOf(syntax);
    return compressed(syntax, Optional.of(type), parts, frames, spool);
  }

  private static PixelValue octets(
      List<BulkPart> parts, String syntax, int frames, ByteSource spool) throws IOException {
    BulkData place = parts.getFirst().place();
    if (NATIVE.contains(syntax)) {
      if (parts.size() > 1) {
        throw new RefusedObjectException(
            FailureReason.BULK_DATA, "several parts have the Content-Location of one value");
      }
      return new PixelValue(UID.ExplicitVRLittleEndian, place, Optional.empty());
    }
    if (!UID.isValid(syntax) || syntax.equals(UID.ExplicitVRBigEndian)) {
      throw refused("bulk data can't be of the transfer syntax that is named");
    }
    if (parts.size() == 1) {
      Optional<Fragments> fragments = EncapsulatedValue.read(spool, place);
      if (fragments.isPresent()) {
        return new PixelValue(syntax, fragments.get(), Optional.empty());
      }
    }
    Optional<FrameMediaType> type = FrameMediaType.of(syntax);
    if (type.isEmpty() && !syntax.equals(UID.DeflatedImageFrameCompression)) {
      throw refused("the transfer syntax is unknown");
    }
    return compressed(syntax, type, parts, frames, spool);
  }

  private static PixelValue compressed(
      String syntax,
      Optional<FrameMediaType> type,
      List<BulkPart> parts,
      int frames,
      ByteSource spool)
      throws IOException {
    int expected = type.filter(FrameMediaType::video).isPresent() ? 1 : Math.max(1, frames);
    if (parts.size() != expected) {
      throw new RefusedObjectException(
          FailureReason.BULK_DATA,
          "each frame must be a part: there are %d of %d".formatted(parts.size(), expected));
    }
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    Optional<PixelDescription> description = Optional.empty();
    for (BulkPart part : parts) {
      Codestream stream = Codestream.of(type, part.place(), spool);
      fragments.add(stream.place());
      description = description.or(stream::description);
    }
    return new PixelValue(syntax, fragments, description);
  }

  /** Longest of its pieces, in bytes. */
  long longest() {
    return switch (value) {
      case Fragments fragments -> fragments.stream().mapToLong(Fragments::length).max().orElse(0);
      case BulkData bulk -> bulk.length();
      default -> 0;
    };
  }

  private static RefusedObjectException refused(String message) {
    return new RefusedObjectException(FailureReason.TRANSFER_SYNTAX, message);
  }
}
