package org.regionalpacs.wado.query;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.index.QueryTag;
import org.regionalpacs.index.QueryTagKind;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values of extended query tags as attributes of a result (PS3.18 F.2). */
final class TagValues {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

  private TagValues() {}

  /**
   * Adds them to a result where it has no such attribute yet.
   *
   * @param values {@code [[tag id, value], ...]}, or nothing
   */
  static void put(String values, List<TagKey> keys, ResultAttributes attributes) {
    if (values.isEmpty()) {
      return;
    }
    Map<Integer, List<String>> byTag = new LinkedHashMap<>();
    for (JsonNode value : JSON.readTree(values)) {
      byTag
          .computeIfAbsent(value.get(0).asInt(), _ -> new ArrayList<>())
          .add(value.get(1).asString());
    }
    Map<Integer, List<TagKey>> byFirst =
        keys.stream()
            .filter(key -> byTag.containsKey(key.tag().id()))
            .collect(Collectors.groupingBy(key -> key.tag().path().getFirst()));
    byFirst.forEach((first, tags) -> {
      if (tags.getFirst().tag().inItems()) {
        putIfAbsent(first, sequence(tags, byTag), attributes);
      } else {
        QueryTag tag = tags.getFirst().tag();
        putIfAbsent(first, element(tag, byTag.get(tag.id())), attributes);
        if (!tag.creator().isEmpty()) {
          putIfAbsent(creatorOf(first), text("LO", tag.creator()), attributes);
        }
      }
    });
  }

  private static void putIfAbsent(int tag, String value, ResultAttributes attributes) {
    if (!attributes.has(tag)) {
      attributes.begin(tag).add(value.getBytes(StandardCharsets.UTF_8));
      attributes.end(tag);
    }
  }

  /** PS3.5 7.8.1: (gggg,00bb) says whose (gggg,bbee) is. */
  private static int creatorOf(int tag) {
    return tag & 0xFFFF_0000 | tag >>> 8 & 0xFF;
  }

  /** An item a value: which of them are in one item isn't kept. */
  private static String sequence(List<TagKey> tags, Map<Integer, List<String>> values) {
    List<String> items = new ArrayList<>();
    for (TagKey key : tags) {
      for (String value : values.get(key.tag().id())) {
        String name = Tag.toHex(key.tag().tag());
        items.add("{\"" + name + "\":" + element(key.tag(), List.of(value)) + "}");
      }
    }
    return "{\"vr\":\"SQ\",\"Value\":[" + String.join(",", items) + "]}";
  }

  private static String element(QueryTag tag, List<String> values) {
    return values.stream()
        .map(value -> json(tag.kind(), value))
        .collect(Collectors.joining(",", "{\"vr\":\"" + tag.vr() + "\",\"Value\":[", "]}"));
  }

  private static String text(String vr, String value) {
    return "{\"vr\":\"" + vr + "\",\"Value\":[" + quoted(value) + "]}";
  }

  private static String json(QueryTagKind kind, String value) {
    return switch (kind) {
      case NUMBER -> new BigDecimal(value).toString();
      case NAME -> name(value);
      case TEXT, CODE, UID, DATE, TIME, MOMENT -> quoted(value);
    };
  }

  private static String name(String value) {
    String[] groups = value.split("=", GROUPS.size());
    List<String> members = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].isEmpty()) {
        members.add("\"" + GROUPS.get(i) + "\":" + quoted(groups[i]));
      }
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String quoted(String value) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(value)) + "\"";
  }
}
