package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.regionalpacs.dicom.data.UID;

/** The media types that whole objects could be sent as, for who accepts none of them. */
final class AvailableObjects {
  private static final String TYPE =
      "multipart/related; type=\"" + ObjectNegotiation.DICOM + "\"; transfer-syntax=";

  private AvailableObjects() {}

  static List<String> of(List<List<HeldEncoding>> objects) {
    Set<String> syntaxes = new TreeSet<>();
    for (List<HeldEncoding> held : objects) {
      held.forEach(encoding -> add(encoding, syntaxes));
    }
    List<String> ranges = new ArrayList<>();
    ranges.add(TYPE + "*");
    ranges.add(ObjectNegotiation.ZIP);
    syntaxes.forEach(syntax -> ranges.add(TYPE + syntax));
    return ranges;
  }

  private static void add(HeldEncoding encoding, Set<String> syntaxes) {
    if (ObjectNegotiation.can(encoding, WantedSyntax.THE_STORED_ONE)) {
      syntaxes.add(encoding.transferSyntax());
    }
    if (ObjectNegotiation.can(encoding, WantedSyntax.EXPLICIT_LITTLE_ENDIAN)) {
      syntaxes.add(UID.ExplicitVRLittleEndian);
    }
    if (ObjectNegotiation.can(encoding, WantedSyntax.MADE)) {
      syntaxes.addAll(MadeSyntax.OF_FRAMES);
      syntaxes.add(UID.DeflatedExplicitVRLittleEndian);
    }
  }
}
