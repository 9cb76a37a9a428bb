package org.regionalpacs.dicom.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of (0008,0005) (PS3.3 C.12.1.1.2), whose terms are often misspelt.
 *
 * @param sets what the terms name, in their order; unknown ones are the default repertoire
 * @param codeExtensions whether escape sequences may change sets
 * @param problem what is wrong with the terms
 */
record CharsetTerms(List<CodedSet> sets, boolean codeExtensions, Optional<String> problem) {
  private static final Pattern SINGLE =
      Pattern.compile("ISO_IR (6|100|101|109|110|144|127|126|138|148|203|166|13|192)");
  private static final Pattern EXTENDED =
      Pattern.compile(
          "ISO 2022 IR (6|100|101|109|110|144|127|126|138|148|203|166|13|87|159|149|58)");
  private static final Pattern MISSPELT =
      Pattern.compile("(?:ISO)? ?(2022)? ?(?:IR)? ?(\\d{1,3}|GB18030|GBK)");
  private static final Pattern LATIN = Pattern.compile("(?:ISO ?)?8859 ?(\\d{1,2})");

  static CharsetTerms parse(String value) {
    String[] terms = value.replace('\0', ' ').split("\\\\", -1);
    List<CodedSet> sets = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    boolean extended = terms.length > 1;
    for (int i = 0; i < terms.length; i++) {
      String term = terms[i].strip();
      extended |= term.toUpperCase(Locale.ROOT).contains("2022");
      Optional<CodedSet> set = defined(term);
      if (set.isEmpty()) {
        set = misspelt(term);
        problems.add(
            "has a term %d that %s"
                .formatted(
                    i + 1, set.map(s -> "is misspelt, read as " + s).orElse("is not known")));
      }
      sets.add(set.orElse(CodedSet.IR_6));
    }
    boolean extensible = !sets.getFirst().isAlone();
    return new CharsetTerms(
        List.copyOf(sets), extended && extensible, problems.stream().findFirst());
  }

  private static Optional<CodedSet> defined(String term) {
    if (term.isEmpty()) {
      return Optional.of(CodedSet.IR_6);
    }
    for (Pattern pattern : List.of(SINGLE, EXTENDED)) {
      Matcher matcher = pattern.matcher(term);
      if (matcher.matches()) {
        return CodedSet.ofNumber(matcher.group(1));
      }
    }
    return term.equals("GB18030") || term.equals("GBK")
        ? CodedSet.ofNumber(term)
        : Optional.empty();
  }

  private static Optional<CodedSet> misspelt(String term) {
    String name = term.toUpperCase(Locale.ROOT).replaceAll("[-_ ]+", " ").strip();
    if (name.contains("UTF 8") || name.contains("UTF8")) {
      return Optional.of(CodedSet.IR_192);
    }
    if (name.startsWith("GB 18030") || name.startsWith("GB2312") || name.startsWith("GB 2312")) {
      return Optional.of(CodedSet.GB18030);
    }
    Matcher latin = LATIN.matcher(name);
    if (latin.matches()) {
      String charset = "ISO-8859-" + latin.group(1);
      return java.util.Arrays.stream(CodedSet.values())
          .filter(set -> set.charset().name().equals(charset))
          .findFirst();
    }
    Matcher matcher = MISSPELT.matcher(name);
    return matcher.matches() ? CodedSet.ofNumber(matcher.group(2)) : Optional.empty();
  }
}
