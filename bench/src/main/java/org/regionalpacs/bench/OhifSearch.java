package org.regionalpacs.bench;

/** Searches as OHIF sends them. */
final class OhifSearch {
  /** Studies of a page: 100, and one that tells whether there are more. */
  static final int LIMIT = 101;

  private static final String REST =
      "limit=%d&offset=0&fuzzymatching=true&includefield=00081030%%2C00080060%%2C00080090%%2C00100030"
          .formatted(LIMIT);

  private OhifSearch() {}

  /** The study list as it is when OHIF starts. */
  static HttpCall list() {
    return HttpCall.of(Archive.ROOT + "/studies?" + REST, Web.JSON).gzipped();
  }

  /** All studies of the patient whose study is opened. */
  static HttpCall priors(String patientId) {
    return HttpCall.of(Archive.ROOT + "/studies?00100020=" + patientId + "&" + REST, Web.JSON)
        .gzipped();
  }
}
