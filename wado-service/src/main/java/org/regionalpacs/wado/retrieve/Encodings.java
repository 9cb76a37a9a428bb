package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.metadata.IndexedFrames;
import org.regionalpacs.wado.retrieve.HeldEncoding.Kind;

/**
 * In which encodings an object is held: all that the choice of one that is sent as it is stored
 * depends on.
 *
 * @param held the original first
 */
record Encodings(List<Encoding> held) {

  /** One of them. */
  record Encoding(Kind kind, String transferSyntax) {
    private HeldEncoding ofSomeObject() {
      InstanceObject object =
          new InstanceObject(
              "",
              "",
              "",
              "",
              new UUID(0, kind.ordinal()),
              "",
              transferSyntax,
              0,
              0,
              OptionalInt.empty(),
              OptionalInt.empty(),
              List.of(),
              List.of());
      return new HeldEncoding(kind, object, transferSyntax);
    }
  }

  Encodings {
    held = List.copyOf(held);
  }

  static Encodings of(IndexedFrames instance) {
    List<Encoding> held = new ArrayList<>();
    held.add(new Encoding(Kind.ORIGINAL, instance.transferSyntax()));
    instance
        .renditions()
        .forEach(one -> held.add(new Encoding(Kind.of(one.kind()), one.transferSyntax())));
    return new Encodings(held);
  }

  /** As if they were those of some object. */
  List<HeldEncoding> ofSomeObject() {
    return held.stream().map(Encoding::ofSomeObject).toList();
  }
}
