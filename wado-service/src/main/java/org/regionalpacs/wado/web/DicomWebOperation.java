package org.regionalpacs.wado.web;

/** What a request asks for, in the words of PS3.18. */
public final class DicomWebOperation {
  /** Every DICOMweb path has this in it. */
  static final String ROOT = "/dicom-web";

  /** WADO-URI has one path, and names the rest by parameters. */
  public static final String URI = "/wado";

  private DicomWebOperation() {}

  /** The name of an operation, by method and path pattern. */
  static String of(String method, String pattern) {
    if (pattern.endsWith(URI)) {
      return "WADO-URI";
    }
    if (!pattern.contains(ROOT)) {
      return method;
    }
    if (method.equals("POST")) {
      return "STOW-RS";
    }
    if (method.equals("DELETE")) {
      return "DELETE " + levelOf(pattern);
    }
    String last = pattern.substring(pattern.lastIndexOf('/') + 1);
    return switch (last) {
      case "studies", "series", "instances" -> "QIDO-RS " + last;
      case "{study}" -> "WADO-RS study";
      case "{series}" -> "WADO-RS series";
      case "{instance}" -> "WADO-RS instance";
      case "{frames}" -> "WADO-RS frames";
      case "metadata", "rendered", "thumbnail" -> "WADO-RS " + last;
      case "changes", "latest" -> "changes";
      default -> pattern.contains("/bulk") ? "WADO-RS bulkdata" : method;
    };
  }

  private static String levelOf(String pattern) {
    return pattern.endsWith("{study}")
        ? "study"
        : pattern.endsWith("{series}") ? "series" : "instance";
  }
}
