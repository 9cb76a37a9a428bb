package org.regionalpacs.wado.portal;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The language of a page: what was chosen ({@code ?lang=}, then remembered by a cookie), else what
 * the browser prefers of those that there are, else English.
 */
final class Languages {
  private static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.CHINESE);

  private static final String CHOICE = "lang";
  private static final String COOKIE = "pacs-lang";
  private static final int A_YEAR = 365 * 24 * 3600;

  private Languages() {}

  /**
   * A language that may be chosen.
   *
   * @param code of ISO 639
   * @param name as its speakers call it
   */
  public record Choice(String code, String name) {}

  static List<Choice> choices() {
    return ALL.stream()
        .map(locale -> new Choice(locale.getLanguage(), locale.getDisplayLanguage(locale)))
        .toList();
  }

  static Locale of(HttpServletRequest request) {
    return chosen(request)
        .or(() -> remembered(request))
        .orElseGet(() ->
            Collections.list(request.getLocales()).stream()
                .flatMap(wanted -> named(wanted.getLanguage()).stream())
                .findFirst()
                .orElse(Locale.ENGLISH));
  }

  /** Remembers what was chosen with this request. */
  static void remember(HttpServletRequest request, HttpServletResponse response) {
    chosen(request)
        .ifPresent(chosen ->
            response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, chosen.getLanguage())
                    .path("/")
                    .maxAge(A_YEAR)
                    .sameSite("Lax")
                    .httpOnly(true)
                    .build()
                    .toString()));
  }

  private static Optional<Locale> chosen(HttpServletRequest request) {
    return Optional.ofNullable(request.getParameter(CHOICE)).flatMap(Languages::named);
  }

  private static Optional<Locale> remembered(HttpServletRequest request) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Stream::of)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .flatMap(value -> named(value).stream())
        .findFirst();
  }

  private static Optional<Locale> named(String language) {
    return ALL.stream().filter(each -> each.getLanguage().equals(language)).findFirst();
  }
}
