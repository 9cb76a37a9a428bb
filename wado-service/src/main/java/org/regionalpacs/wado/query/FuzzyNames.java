package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.regionalpacs.index.Folding;

/**
 * Fuzzy matching of person names (PS3.4 C.2.2.2.1.1). Beside what matches literally, names match
 * that have a word like each word of the key, in any order: the same but for one letter wrong,
 * missing, added or swapped with its neighbour; or of the same sound (Double Metaphone). Ideographs
 * are compared one by one; words written as one match those written apart. The index has what makes
 * names alike in {@code name_tokens}.
 */
final class FuzzyNames {
  private static final String SEPARATORS = "[\\^=\\s,.'\u2019-]+";

  private FuzzyNames() {}

  /**
   * The patients whose names match. They are looked up first, all of them: PostgreSQL takes a
   * name's tokens for far more frequent than they are, and would go through the studies by their
   * date, and make the tokens of every name that it meets.
   */
  static Condition ofPatient(String value) {
    return among("s.patient_key", "patient", "patient_key", "name_search", value);
  }

  /** The studies whose referring physician's name matches, likewise. */
  static Condition ofReferringPhysician(String value) {
    return among("s.study_uid", "study", "study_uid", "referring_physician", value);
  }

  private static Condition among(
      String found, String table, String key, String column, String value) {
    Condition names = condition("named." + column, value);
    List<Object> parameters = new ArrayList<>(List.of(Condition.TENANT));
    parameters.addAll(names.parameters());
    return new Condition(
        "%s = any(array(select named.%s from %s named where named.tenant = ? and %s))"
            .formatted(found, key, table, names.sql()),
        parameters);
  }

  /**
   * @param column holds names folded by {@link Folding}
   */
  static Condition condition(String column, String value) {
    Condition literal = PersonNames.condition(column, value);
    List<String> words =
        Arrays.stream(Folding.fold(value).split(SEPARATORS))
            .map(FuzzyNames::withoutWildEnds)
            .filter(word -> !word.isEmpty())
            .toList();
    // Nobody knows what a wild card within a word would be like.
    if (words.isEmpty() || words.stream().anyMatch(Wildcards::in)) {
      return literal;
    }
    List<Condition> alike = new ArrayList<>();
    // What matches literally without wild cards has the same words; asked for beside, it would have
    // the tokens of every name made anew that the index finds.
    if (Wildcards.in(value)) {
      alike.add(literal);
    }
    alike.add(Condition.allOf(words.stream().map(word -> word(column, word)).toList()));
    if (words.size() > 1) {
      alike.add(
          Condition.of(
              "name_tokens(" + column + ") && array[?]::text[]", "=" + String.join("", words)));
    }
    return Condition.anyOf(alike, condition -> condition);
  }

  private static Condition word(String column, String word) {
    return Ideographs.in(word)
        ? Ideographs.all(column, word)
        : Condition.of("name_tokens(" + column + ") && name_tokens(?)", word);
  }

  private static String withoutWildEnds(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && word.charAt(start) == '*') {
      start++;
    }
    while (end > start && word.charAt(end - 1) == '*') {
      end--;
    }
    return word.substring(start, end);
  }
}
