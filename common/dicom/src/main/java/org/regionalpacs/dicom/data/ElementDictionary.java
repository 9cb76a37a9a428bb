package org.regionalpacs.dicom.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The data dictionary (PS3.6, PS3.7), from the resource {@code dictionary.tsv}. */
public final class ElementDictionary {

  /**
   * An attribute of the standard.
   *
   * @param tag the tag; of a repeating group the first
   * @param vrs its VRs, the one used when the encoding names none first
   * @param vm its value multiplicity, such as {@code 1-n}
   * @param keyword such as {@code StudyInstanceUID}
   * @param name such as {@code Study Instance UID}
   * @param retired whether the standard has retired it
   */
  public record Entry(
      int tag, List<VR> vrs, String vm, String keyword, String name, boolean retired) {}

  private record Repeating(int mask, int value, Entry entry) {}

  private static final int[] TAGS;
  private static final Entry[] ENTRIES;
  private static final List<Repeating> REPEATING = new ArrayList<>();
  private static final Map<String, Entry> BY_KEYWORD = new HashMap<>();

  static {
    List<Entry> entries = new ArrayList<>();
    try (InputStream in = ElementDictionary.class.getResourceAsStream("dictionary.tsv");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          read(line.split("\t", -1), entries);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.sort(Comparator.comparing(Entry::tag, Integer::compareUnsigned));
    ENTRIES = entries.toArray(Entry[]::new);
    // Flipping the sign bit makes signed order the unsigned one, for Arrays.binarySearch.
    TAGS = entries.stream().mapToInt(e -> e.tag() ^ Integer.MIN_VALUE).toArray();
  }

  private ElementDictionary() {}

  private static void read(String[] field, List<Entry> entries) {
    List<VR> vrs = preferred(Arrays.stream(field[1].split("/")).map(VR::valueOf).toList());
    int tag = Integer.parseUnsignedInt(field[0].replace('x', '0'), 16);
    Entry entry = new Entry(tag, vrs, field[2], field[3], field[4], !field[5].isEmpty());
    BY_KEYWORD.putIfAbsent(entry.keyword(), entry);
    if (field[0].indexOf('x') < 0) {
      entries.add(entry);
      return;
    }
    int mask = Integer.parseUnsignedInt(field[0].replaceAll("[^x]", "F").replace('x', '0'), 16);
    REPEATING.add(new Repeating(mask, tag, entry));
  }

  /** PS3.5 A.1: in Implicit VR, what may be OB or OW is OW, and so are look-up tables. */
  private static List<VR> preferred(List<VR> vrs) {
    return vrs.contains(VR.OW) && vrs.size() > 1
        ? List.of(VR.OW, vrs.getFirst() == VR.OW ? vrs.getLast() : vrs.getFirst())
        : vrs;
  }

  /** The entry of a standard tag; empty for private, unknown and delimiter tags. */
  public static Optional<Entry> find(int tag) {
    int at = Arrays.binarySearch(TAGS, tag ^ Integer.MIN_VALUE);
    if (at >= 0) {
      return Optional.of(ENTRIES[at]);
    }
    if (Tag.isPrivate(tag)) {
      return Optional.empty();
    }
    for (Repeating repeating : REPEATING) {
      if ((tag & repeating.mask()) == repeating.value()) {
        return Optional.of(repeating.entry());
      }
    }
    return Optional.empty();
  }

  /**
   * The VR of a tag when the encoding doesn't name it (PS3.5 A.1): the dictionary's, UL for group
   * lengths, LO for private creators, else UN.
   */
  public static VR vrOf(int tag) {
    int at = Arrays.binarySearch(TAGS, tag ^ Integer.MIN_VALUE);
    if (at >= 0) {
      return ENTRIES[at].vrs().getFirst();
    }
    if (Tag.element(tag) == 0) {
      return VR.UL;
    }
    if (Tag.isPrivate(tag)) {
      return Tag.isPrivateCreator(tag) ? VR.LO : VR.UN;
    }
    return find(tag).map(entry -> entry.vrs().getFirst()).orElse(VR.UN);
  }

  /** The keyword of a tag, such as {@code PatientName}. */
  public static Optional<String> keywordOf(int tag) {
    return find(tag).map(Entry::keyword);
  }

  /** The name of a tag, such as {@code Patient's Name}. */
  public static Optional<String> nameOf(int tag) {
    return find(tag).map(Entry::name);
  }

  /** The tag of a keyword. */
  public static OptionalInt tagForKeyword(String keyword) {
    Entry entry = BY_KEYWORD.get(keyword);
    return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.tag());
  }
}
