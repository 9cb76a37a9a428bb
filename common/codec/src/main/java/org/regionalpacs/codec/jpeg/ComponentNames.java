package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.Photometric;

/**
 * The identifiers by which decoders that aren't told tell red, green and blue from others, as the
 * IJG's library has them.
 */
final class ComponentNames {
  private ComponentNames() {}

  /** One a component. */
  static byte[] of(Photometric photometric) {
    return switch (photometric) {
      case RGB -> new byte[] {'R', 'G', 'B'};
      default -> new byte[] {1, 2, 3};
    };
  }
}
