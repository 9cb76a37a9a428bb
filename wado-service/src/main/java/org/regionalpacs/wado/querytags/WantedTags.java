package org.regionalpacs.wado.querytags;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.QueryTag;
import org.regionalpacs.index.QueryTagKind;
import org.regionalpacs.index.QueryTagLevel;
import org.regionalpacs.index.QueryTags.Wanted;
import org.regionalpacs.wado.query.StandardKeys;
import org.regionalpacs.wado.web.BadBodyException;
import org.regionalpacs.wado.web.ConflictException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the tags that a request wants to be added. */
final class WantedTags {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FORM =
      "The body must be JSON: {\"Path\": \"StationName\", \"Level\": \"series\"}, or an array of"
          + " such; with VR and PrivateCreator for a private attribute.";
  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_CREATOR = 64;
  private static final int FIRST_DATA_SET_GROUP = 8;

  private WantedTags() {}

  /**
   * @throws BadBodyException when a tag isn't well formed, or can't be searched by
   * @throws ConflictException when it is always indexed
   */
  static List<Wanted> read(byte[] body, int most) {
    JsonNode tree = tree(body);
    List<JsonNode> nodes = new ArrayList<>();
    if (tree.isArray()) {
      tree.forEach(nodes::add);
    } else {
      nodes.add(tree);
    }
    if (nodes.isEmpty() || nodes.size() > most) {
      throw new BadBodyException("The body must have 1 to " + most + " tags.");
    }
    List<Wanted> wanted = nodes.stream().map(WantedTags::wanted).toList();
    Set<List<Integer>> paths = new HashSet<>();
    for (Wanted one : wanted) {
      if (!paths.add(one.path())) {
        throw new BadBodyException(QueryTag.text(one.path()) + " is in the body twice.");
      }
    }
    return wanted;
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new BadBodyException(FORM);
    }
  }

  private static Wanted wanted(JsonNode node) {
    String name = text(node, "Path").orElseThrow(() -> new BadBodyException(FORM));
    List<Integer> path = path(name);
    String creator = text(node, "PrivateCreator").orElse("");
    VR vr = vr(name, path, text(node, "VR"));
    boolean ofPrivate = path.stream().anyMatch(Tag::isPrivate);
    if (ofPrivate) {
      requirePrivate(name, path, creator);
    } else if (!creator.isEmpty()) {
      throw new BadBodyException(name + " is of the standard: it has no PrivateCreator.");
    }
    if (StandardKeys.contains(path)) {
      throw new ConflictException(name + " is always indexed: search by it as it is.");
    }
    return new Wanted(path, creator, vr, level(node));
  }

  private static Optional<String> text(JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString() || value.asString().isBlank() || value.asString().indexOf('\0') >= 0) {
      throw new BadBodyException(member + " must be a text. " + FORM);
    }
    return Optional.of(value.asString().strip());
  }

  private static List<Integer> path(String name) {
    List<Integer> path =
        Optional.of(name)
            .filter(text -> text.length() <= LONGEST_PATH)
            .flatMap(StandardKeys::path)
            .orElseThrow(() ->
                new BadBodyException(
                    "Path names no attribute: it must be a keyword or eight hex digits; of an"
                        + " attribute in items, the sequence's and its own with a dot between."));
    if (path.size() > 2) {
      throw new BadBodyException(name + " is too deep: only items of one sequence are indexed.");
    }
    if (path.stream().anyMatch(tag -> tag >>> 16 < FIRST_DATA_SET_GROUP)) {
      throw new BadBodyException(name + " isn't an attribute of stored data sets.");
    }
    if (path.size() == 2 && ElementDictionary.vrOf(path.getFirst()) != VR.SQ) {
      throw new BadBodyException(name + ": what is before the dot must be a sequence.");
    }
    return path;
  }

  private static VR vr(String name, List<Integer> path, Optional<String> given) {
    Optional<ElementDictionary.Entry> entry = ElementDictionary.find(path.getLast());
    if (entry.isEmpty() && given.isEmpty()) {
      throw new BadBodyException(name + " isn't in the data dictionary: its VR must be given.");
    }
    VR vr = given.map(code -> code(name, code)).orElseGet(() -> entry.get().vrs().getFirst());
    if (entry.isPresent() && !entry.get().vrs().contains(vr)) {
      throw new BadBodyException(
          name + " has the VR " + entry.get().vrs().getFirst() + ", not " + vr + ".");
    }
    if (QueryTagKind.of(vr).isEmpty()) {
      throw new BadBodyException(name + " has the VR " + vr + ": " + unsupported(vr));
    }
    return vr;
  }

  private static VR code(String name, String code) {
    try {
      return VR.valueOf(code);
    } catch (IllegalArgumentException e) {
      throw new BadBodyException("VR of " + name + " must be one of PS3.5 6.2, such as LO.");
    }
  }

  private static String unsupported(VR vr) {
    return switch (vr.kind()) {
      case SEQUENCE ->
          "name an attribute of its items, the sequence's and its own with a dot between.";
      case BYTES -> "bytes can't be searched by.";
      case TEXT, ASCII -> "texts that may be so long aren't indexed.";
      case INTEGER, FLOAT -> "these numbers aren't indexed.";
    };
  }

  private static void requirePrivate(String name, List<Integer> path, String creator) {
    boolean element = (path.getLast() >>> 8 & 0xFF) >= 0x10;
    if (path.size() > 1 || !element) {
      throw new BadBodyException(
          name
              + ": a private attribute must be (gggg,bbee) with a block bb of 10 to FF, and in no sequence.");
    }
    if (creator.isEmpty() || creator.length() > LONGEST_CREATOR || creator.indexOf('\\') >= 0) {
      throw new BadBodyException(
          name
              + " is private: its PrivateCreator must be given, "
              + LONGEST_CREATOR
              + " characters at most.");
    }
  }

  private static QueryTagLevel level(JsonNode node) {
    String level = text(node, "Level").orElse("").toUpperCase(Locale.ROOT);
    for (QueryTagLevel known : QueryTagLevel.values()) {
      if (known.name().equals(level)) {
        return known;
      }
    }
    throw new BadBodyException("Level must be study, series or instance.");
  }
}
