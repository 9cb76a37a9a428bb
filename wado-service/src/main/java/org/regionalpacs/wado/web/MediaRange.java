package org.regionalpacs.wado.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One media range of an Accept header (RFC 9110 12.5.1), with the parameters that DICOM gives a
 * meaning (PS3.18 8.7.3).
 *
 * @param type {@code type/subtype}, lower case; may hold wildcards
 * @param parameters by lower-case name, unquoted
 * @param quality 0 to 1
 * @param except more exact ranges of the same list that say otherwise: what they cover is wanted
 *     less, or not at all (RFC 9110 12.5.1)
 * @param ofHeader whether it is of the header beside a query parameter, which goes before it
 */
public record MediaRange(
    String type,
    Map<String, String> parameters,
    double quality,
    List<MediaRange> except,
    boolean ofHeader) {
  private static final String MULTIPART = "multipart/related";

  /** A range that stands by itself. */
  public MediaRange(String type, Map<String, String> parameters, double quality) {
    this(type, parameters, quality, List.of(), false);
  }

  /** The same of the header. */
  MediaRange behindParameter() {
    return new MediaRange(type, parameters, quality, except, true);
  }

  /** The same with those of the others that say otherwise for a part of it. */
  MediaRange among(List<MediaRange> others) {
    if (!wanted().endsWith("/*")) {
      return this;
    }
    List<MediaRange> otherwise =
        others.stream().filter(other -> other.quality < quality && other.isPartOf(this)).toList();
    return new MediaRange(type, parameters, quality, otherwise, ofHeader);
  }

  /** Whether it is about some media types of another one, however they are encoded. */
  private boolean isPartOf(MediaRange other) {
    boolean plain = parameters.keySet().stream().allMatch("type"::equals);
    return plain
        && multipart() == other.multipart()
        && !wanted().equals(other.wanted())
        && other.covers(wanted());
  }

  /** A range that accepts everything. */
  static final MediaRange ANY = new MediaRange("*/*", Map.of(), 1);

  /** Whether anything at all is accepted, as one part or as many. */
  public boolean anything() {
    return type.equals("*/*");
  }

  /** Whether a multipart/related body is accepted. */
  public boolean multipart() {
    return type.equals(MULTIPART) || type.equals("multipart/*");
  }

  /** The media type wanted: of each part when multipart, else of the body; may be a wildcard. */
  public String wanted() {
    return multipart() ? parameters.getOrDefault("type", "*/*").toLowerCase(Locale.ROOT) : type;
  }

  /** Whether {@link #wanted()} covers a media type. */
  public boolean covers(String mediaType) {
    String wanted = wanted();
    boolean covered =
        wanted.equals("*/*")
            || wanted.equals(mediaType)
            || wanted.endsWith("/*")
                && mediaType.startsWith(wanted.substring(0, wanted.length() - 1));
    return covered && except.stream().noneMatch(range -> range.covers(mediaType));
  }

  /** The transfer syntax wanted, {@code *} for any; empty when the media type's default is. */
  public Optional<String> transferSyntax() {
    return Optional.ofNullable(parameters.get("transfer-syntax"));
  }

  /** How exactly it says what is wanted; of equal quality, the more exact range goes first. */
  int precision() {
    if (wanted().contains("*")) {
      return 0;
    }
    return transferSyntax().filter("*"::equals).isPresent() ? 1 : 2;
  }
}
