package org.regionalpacs.wado.web;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The names of operations, in the words of PS3.18. */
public final class DicomWebOperation {
  /** What DICOMweb paths begin with, behind that of a tenant. */
  static final String ROOT = "/dicom-web";

  /** WADO-URI has one path, and names the rest by parameters. */
  public static final String URI = "/wado";

  private DicomWebOperation() {}

  /**
   * The name of an operation.
   *
   * @param level study, series or instance: the lowest that the path names; empty when it names
   *     none
   * @param rest of the path, behind that
   */
  static String of(String method, Optional<String> level, Collection<String> rest) {
    List<String> tail = List.copyOf(rest);
    return switch (method) {
      case "GET", "HEAD" ->
          level
              .map(named -> read(named, tail))
              .orElseGet(() -> tail.isEmpty() ? "capabilities" : search(tail));
      case "POST" -> stores(level, tail) ? "STOW-RS" : DicomWebTarget.UNKNOWN;
      case "DELETE" ->
          tail.isEmpty()
              ? level.map(named -> "DELETE " + named).orElse(DicomWebTarget.UNKNOWN)
              : DicomWebTarget.UNKNOWN;
      default -> DicomWebTarget.UNKNOWN;
    };
  }

  private static boolean stores(Optional<String> level, List<String> tail) {
    return level
        .map(named -> named.equals("study") && tail.isEmpty())
        .orElseGet(() -> tail.equals(List.of("studies")));
  }

  private static String read(String level, List<String> tail) {
    if (tail.isEmpty()) {
      return "WADO-RS " + level;
    }
    return switch (tail.getLast()) {
      case "metadata", "rendered", "thumbnail", "preview" -> "WADO-RS " + tail.getLast();
      case "series", "instances" -> search(tail);
      default ->
          switch (tail.getFirst()) {
            case "frames" -> "WADO-RS frames";
            case "bulkdata", "bulk" -> "WADO-RS bulkdata";
            default -> DicomWebTarget.UNKNOWN;
          };
    };
  }

  private static String search(List<String> tail) {
    return switch (String.join("/", tail)) {
      case "studies", "series", "instances" -> "QIDO-RS " + tail.getFirst();
      case "changes", "changes/latest" -> "changes";
      default -> DicomWebTarget.UNKNOWN;
    };
  }
}
