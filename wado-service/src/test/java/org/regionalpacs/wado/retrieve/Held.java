package org.regionalpacs.wado.retrieve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.HeldEncoding.Kind;

/** Encodings to negotiate about. */
final class Held {
  private Held() {}

  /** Such as {@code 1.2.1 lossless:1.2.4.90/300}: kind, transfer syntax, size. */
  static List<HeldEncoding> of(String text) {
    return Arrays.stream(text.split(" ")).map(Held::encoding).toList();
  }

  private static HeldEncoding encoding(String text) {
    String[] kind = text.contains(":") ? text.split(":") : new String[] {"original", text};
    String[] size = kind[1].split("/");
    InstanceObject object =
        new InstanceObject(
            "default",
            "1.2",
            "1.2.1",
            "1.2.1.1",
            new UUID(1, 2),
            UID.CTImageStorage,
            size[0],
            size.length == 1 ? 1000 : Long.parseLong(size[1]),
            0,
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of());
    return new HeldEncoding(Kind.valueOf(kind[0].toUpperCase(Locale.ROOT)), object, size[0]);
  }
}
