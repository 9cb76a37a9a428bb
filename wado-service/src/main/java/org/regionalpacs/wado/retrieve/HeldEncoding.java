package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.RenditionKind;

/**
 * One of the encodings in which an object is held.
 *
 * @param kind what it is for
 * @param object its bytes: the instance, or what an instance's rendition is read by
 * @param transferSyntax in which it is
 */
record HeldEncoding(Kind kind, InstanceObject object, String transferSyntax) {

  /** What encodings are for. */
  enum Kind {
    /** As it was received. */
    ORIGINAL,
    /** The same samples, compared bit by bit: goes out in the original's place. */
    LOSSLESS,
    /** With loss, an instance of its own: goes out to who accepts its transfer syntax only. */
    PREVIEW;

    static Kind of(RenditionKind kind) {
      return switch (kind) {
        case LOSSLESS -> LOSSLESS;
        case PREVIEW -> PREVIEW;
      };
    }
  }

  /** All encodings of an instance, the original first. */
  static List<HeldEncoding> of(InstanceObject instance) {
    List<HeldEncoding> held = new ArrayList<>();
    held.add(new HeldEncoding(Kind.ORIGINAL, instance, instance.transferSyntax()));
    for (Rendition rendition : instance.renditions()) {
      Kind kind = Kind.of(rendition.kind());
      held.add(new HeldEncoding(kind, instance.as(rendition), rendition.transferSyntax()));
    }
    return held;
  }

  boolean isOriginal() {
    return kind == Kind.ORIGINAL;
  }

  /** The same, whose frames turned out to be in another transfer syntax than it says. */
  HeldEncoding withFramesIn(String found) {
    return new HeldEncoding(kind, object, found);
  }

  /** Whether its pixels aren't compressed. */
  boolean isNative() {
    return Recoder.canRecode(transferSyntax);
  }

  /** In which frames go out that are sent as they are stored. */
  String frameSyntax() {
    return isNative() ? UID.ExplicitVRLittleEndian : transferSyntax;
  }
}
