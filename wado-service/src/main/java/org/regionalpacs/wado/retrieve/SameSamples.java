package org.regionalpacs.wado.retrieve;

import java.util.Comparator;
import java.util.List;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.HeldEncoding.Kind;

/** The encodings of an instance that have its samples: for who decodes them. */
public final class SameSamples {
  private SameSamples() {}

  /**
   * Those of which there is a decoder, where the library is there that it may need: what isn't
   * compressed first, then the shorter.
   *
   * @return what they are read by; none when there is no decoder
   */
  public static List<InstanceObject> cheapestFirst(InstanceObject instance) {
    return HeldEncoding.of(instance).stream()
        .filter(encoding -> encoding.kind() != Kind.PREVIEW)
        .filter(encoding -> StoredEncoding.isDecoded(encoding.transferSyntax()))
        .sorted(
            Comparator.comparing((HeldEncoding encoding) -> !encoding.isNative())
                .thenComparing(encoding -> encoding.object().size()))
        .map(HeldEncoding::object)
        .toList();
  }
}
