package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The sequences that can be searched by, and the attributes of their items. What several parameters
 * ask of one sequence must be in one item (PS3.4 C.2.2.2.6).
 */
enum SequenceKey {
  OTHER_PATIENT_IDS(
      Tag.OtherPatientIDsSequence,
      Level.STUDY,
      "p",
      Set.of(Tag.PatientID, Tag.IssuerOfPatientID, Tag.TypeOfPatientID)),
  PROCEDURE_CODES(
      Tag.ProcedureCodeSequence,
      Level.STUDY,
      "s",
      Set.of(Tag.CodeValue, Tag.CodingSchemeDesignator, Tag.CodeMeaning)),
  REQUEST(
      Tag.RequestAttributesSequence,
      Level.SERIES,
      "se",
      Set.of(
          Tag.ScheduledProcedureStepID,
          Tag.RequestedProcedureID,
          Tag.ScheduledProcedureStepDescription,
          Tag.RequestedProcedureDescription,
          Tag.AccessionNumber,
          Tag.StudyInstanceUID));

  private final int tag;
  private final Level level;
  private final String items;
  private final Set<Integer> keys;

  SequenceKey(int tag, Level level, String row, Set<Integer> keys) {
    this.tag = tag;
    this.level = level;
    this.items = "(" + row + ".attributes -> '" + Tag.toHex(tag) + "')";
    this.keys = keys;
  }

  /** The key of a path, empty when it can't be searched by. */
  static Optional<SequenceKey> of(List<Integer> path) {
    return Arrays.stream(values())
        .filter(
            key -> path.size() == 2 && key.tag == path.getFirst() && key.keys.contains(path.get(1)))
        .findFirst();
  }

  /**
   * An item with all of these values: wild cards are understood, case matters.
   *
   * @param values by tag, none of them empty
   */
  Match match(SortedMap<Integer, String> values) {
    List<Condition> all = new ArrayList<>();
    List<String> exact = new ArrayList<>();
    List<Condition> inItem = new ArrayList<>();
    boolean wild = values.values().stream().anyMatch(Wildcards::in);
    for (Map.Entry<Integer, String> one : values.entrySet()) {
      String hex = Tag.toHex(one.getKey());
      String value = one.getValue().strip();
      if (!Wildcards.in(value)) {
        String json = new String(JsonStringEncoder.getInstance().quoteAsCharArray(value));
        exact.add("\"" + hex + "\":{\"Value\":[\"" + json + "\"]}");
      }
      inItem.add(Wildcards.condition("(item #>> '{" + hex + ",Value,0}')", value));
    }
    if (!exact.isEmpty()) {
      String item = "{\"Value\":[{" + String.join(",", exact) + "}]}";
      all.add(Condition.of(items + " @> ?::jsonb", item));
    }
    if (wild) {
      Condition item = Condition.allOf(inItem);
      all.add(
          new Condition(
              "exists (select 1 from jsonb_array_elements("
                  + items
                  + " -> 'Value') item where "
                  + item.sql()
                  + ")",
              item.parameters()));
    }
    Reach reach = exact.isEmpty() ? Reach.NARROWING : Reach.INDEXED;
    return new Match(keyword(), level, reach, Condition.allOf(all));
  }

  private String keyword() {
    return ElementDictionary.keywordOf(tag).orElseThrow();
  }
}
