package org.regionalpacs.dicom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A data set: data elements in the order of their tags. Values are kept as they are encoded and
 * decoded when asked for. Not thread-safe while it is changed.
 */
public final class Attributes implements Iterable<Element> {
  private static final int[] NO_TAGS = {};
  private static final VR[] NO_VRS = {};
  private static final Object[] NO_VALUES = {};
  private static final byte[] EMPTY = {};

  private final boolean bigEndian;
  private int[] tags = NO_TAGS;
  private VR[] vrs = NO_VRS;
  private Object[] values = NO_VALUES;
  private int size;
  private Attributes parent;
  private CharsetFallback charsetFallback = CharsetFallback.DEFAULT;

  /** An empty data set whose binary values are little endian. */
  public Attributes() {
    this(false);
  }

  /** An empty data set whose binary values are in the given byte order. */
  public Attributes(boolean bigEndian) {
    this.bigEndian = bigEndian;
  }

  /** The byte order of binary values here and in the items below. */
  public boolean isBigEndian() {
    return bigEndian;
  }

  /** Number of elements, without those inside items. */
  public int size() {
    return size;
  }

  /** Whether there is no element. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The data set that this is an item of. */
  public Optional<Attributes> parent() {
    return Optional.ofNullable(parent);
  }

  void adopt(Attributes owner) {
    if (parent != null) {
      throw new IllegalArgumentException("the item belongs to a sequence already");
    }
    if (owner.bigEndian != bigEndian) {
      throw new IllegalArgumentException("the item has another byte order than the data set");
    }
    parent = owner;
  }

  void release() {
    parent = null;
  }

  // ---- elements

  private int indexOf(int tag) {
    // Elements come in order: the parser's and most callers' next tag belongs at the end.
    if (size == 0 || Integer.compareUnsigned(tags[size - 1], tag) < 0) {
      return -size - 1;
    }
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(tags[middle], tag);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /** Whether the element is there, be it empty. */
  public boolean contains(int tag) {
    return indexOf(tag) >= 0;
  }

  /** Whether the element is there and not empty. */
  public boolean containsValue(int tag) {
    return switch (valueOf(tag)) {
      case byte[] bytes -> bytes.length > 0;
      case List<?> list -> !list.isEmpty();
      case BulkData bulk -> bulk.length() > 0;
      default -> false;
    };
  }

  private Object valueOf(int tag) {
    int at = indexOf(tag);
    return at < 0 ? Optional.empty() : values[at];
  }

  /** The VR the element has here. */
  public Optional<VR> vrOf(int tag) {
    int at = indexOf(tag);
    return at < 0 ? Optional.empty() : Optional.of(vrs[at]);
  }

  /** The element with its value as it is kept. */
  public Optional<Element> element(int tag) {
    int at = indexOf(tag);
    return at < 0 ? Optional.empty() : Optional.of(new Element(tag, vrs[at], values[at]));
  }

  /** Sets an element, replacing the one of the same tag. */
  public Attributes set(int tag, VR vr, byte[] value) {
    return put(tag, vr, value);
  }

  /** Sets encapsulated pixel data. */
  public Attributes set(int tag, VR vr, Fragments value) {
    return put(tag, vr, value);
  }

  /** Sets a value that stays where it is. */
  public Attributes set(int tag, VR vr, BulkData value) {
    return put(tag, vr, value);
  }

  private Attributes put(int tag, VR vr, Object value) {
    int at = indexOf(tag);
    if (at < 0) {
      at = -at - 1;
      if (size == tags.length) {
        int capacity = Math.max(4, size + (size >> 1));
        tags = Arrays.copyOf(tags, capacity);
        vrs = Arrays.copyOf(vrs, capacity);
        values = Arrays.copyOf(values, capacity);
      }
      System.arraycopy(tags, at, tags, at + 1, size - at);
      System.arraycopy(vrs, at, vrs, at + 1, size - at);
      System.arraycopy(values, at, values, at + 1, size - at);
      tags[at] = tag;
      size++;
    }
    vrs[at] = vr;
    values[at] = value;
    return this;
  }

  /** Removes an element if it is there. */
  public Attributes remove(int tag) {
    int at = indexOf(tag);
    if (at >= 0) {
      size--;
      System.arraycopy(tags, at + 1, tags, at, size - at);
      System.arraycopy(vrs, at + 1, vrs, at, size - at);
      System.arraycopy(values, at + 1, values, at, size - at);
      values[size] = null;
    }
    return this;
  }

  @Override
  public Iterator<Element> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Element next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        Element element = new Element(tags[next], vrs[next], values[next]);
        next++;
        return element;
      }
    };
  }

  // ---- values

  /**
   * The Specific Character Set of this data set; an item has that of the data set around it. Where
   * none is declared, or wrongly, {@link #charsetFallback} says which it is.
   */
  public SpecificCharacterSet characterSet() {
    CharsetFallback fallback = charsetFallback();
    Optional<String> declared = declaredCharacterSet();
    return SpecificCharacterSet.ofTerms(
        declared.isEmpty()
            ? fallback.whenAbsent()
            : fallback.readAs().getOrDefault(declared.get().strip(), declared.get()));
  }

  private Optional<String> declaredCharacterSet() {
    return switch (valueOf(Tag.SpecificCharacterSet)) {
      case byte[] bytes -> Optional.of(ElementValues.ascii(bytes));
      default -> parent == null ? Optional.empty() : parent.declaredCharacterSet();
    };
  }

  /** How text that is declared wrongly is read; an item has that of the data set around it. */
  public CharsetFallback charsetFallback() {
    return parent == null ? charsetFallback : parent.charsetFallback();
  }

  /** Changes how text that is declared wrongly is read, here and in the items below. */
  public Attributes charsetFallback(CharsetFallback fallback) {
    charsetFallback = fallback;
    return this;
  }

  String decode(byte[] bytes, VR vr) {
    return characterSet().decode(bytes, vr, charsetFallback());
  }

  /** The value's bytes in the data set's byte order; empty when absent or not kept as bytes. */
  public Optional<byte[]> getBytes(int tag) {
    return valueOf(tag) instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
  }

  /**
   * All values as text, without padding; numbers in decimal. Empty values between others are kept
   * as empty strings; an absent or empty element has none.
   */
  public List<String> getStrings(int tag) {
    int at = indexOf(tag);
    return at >= 0 && values[at] instanceof byte[] bytes
        ? ElementValues.strings(bytes, vrs[at], bigEndian, this)
        : List.of();
  }

  /** The first value as text; empty when the element is absent or its first value is empty. */
  public Optional<String> getString(int tag) {
    List<String> strings = getStrings(tag);
    return strings.isEmpty() || strings.getFirst().isEmpty()
        ? Optional.empty()
        : Optional.of(strings.getFirst());
  }

  /** The first value as text, or the given default. */
  public String getString(int tag, String orElse) {
    return getString(tag).orElse(orElse);
  }

  /** All values as text joined by backslashes; empty when there are none. */
  public String joined(int tag) {
    return String.join("\\", getStrings(tag));
  }

  /** All values as integers; values that aren't integers end the list. */
  public int[] getInts(int tag) {
    double[] numbers = getDoubles(tag);
    int count = 0;
    while (count < numbers.length && numbers[count] == Math.rint(numbers[count])) {
      count++;
    }
    int[] ints = new int[count];
    for (int i = 0; i < count; i++) {
      // A UL above 2^31 keeps its bits.
      ints[i] = (int) (long) numbers[i];
    }
    return ints;
  }

  /** The first value as an integer; empty when absent or no integer. */
  public OptionalInt getInt(int tag) {
    int[] ints = getInts(tag);
    return ints.length == 0 ? OptionalInt.empty() : OptionalInt.of(ints[0]);
  }

  /** The first value as an integer, or the given default. */
  public int getInt(int tag, int orElse) {
    return getInt(tag).orElse(orElse);
  }

  /** The first value as an integer, or the given default. */
  public long getLong(int tag, long orElse) {
    int at = indexOf(tag);
    return at >= 0 && values[at] instanceof byte[] bytes
        ? ElementValues.firstLong(bytes, vrs[at], bigEndian).orElse(orElse)
        : orElse;
  }

  /** All values as numbers; the first that is none ends the list. */
  public double[] getDoubles(int tag) {
    int at = indexOf(tag);
    return at >= 0 && values[at] instanceof byte[] bytes
        ? ElementValues.doubles(bytes, vrs[at], bigEndian)
        : new double[0];
  }

  /** The first value as a number, or the given default. */
  public double getDouble(int tag, double orElse) {
    double[] doubles = getDoubles(tag);
    return doubles.length == 0 ? orElse : doubles[0];
  }

  /** The items of a sequence; empty when the element is absent or no sequence. */
  public Optional<Sequence> getSequence(int tag) {
    return valueOf(tag) instanceof Sequence sequence ? Optional.of(sequence) : Optional.empty();
  }

  /** The first item of a sequence. */
  public Optional<Attributes> getItem(int tag) {
    return getSequence(tag).filter(items -> !items.isEmpty()).map(items -> items.get(0));
  }

  /** Values that have to be there, else an exception names the attribute. */
  public Required require() {
    return new Required(this);
  }

  // ---- setting values

  /** Sets text, encoded in the data set's character set as it is now. */
  public Attributes setString(int tag, VR vr, String... strings) {
    SpecificCharacterSet declared = SpecificCharacterSet.ofTerms(declaredCharacterSet().orElse(""));
    return put(tag, vr, ElementValues.encode(vr, declared, bigEndian, strings));
  }

  /** Sets text of a tag with one VR in the dictionary. */
  public Attributes setString(int tag, String... strings) {
    return setString(tag, ElementDictionary.vrOf(tag), strings);
  }

  /** Sets integers, in text for IS and DS. */
  public Attributes setInt(int tag, VR vr, int... ints) {
    String[] strings = Arrays.stream(ints).mapToObj(Integer::toString).toArray(String[]::new);
    return setString(tag, vr, strings);
  }

  /** Sets integers of a tag with one VR in the dictionary. */
  public Attributes setInt(int tag, int... ints) {
    return setInt(tag, ElementDictionary.vrOf(tag), ints);
  }

  /** Sets numbers, in text for DS. */
  public Attributes setDouble(int tag, VR vr, double... doubles) {
    List<String> strings = new ArrayList<>(doubles.length);
    for (double number : doubles) {
      strings.add(vr == VR.DS ? ElementValues.decimal(number) : Double.toString(number));
    }
    return setString(tag, vr, strings.toArray(String[]::new));
  }

  /** Sets numbers of a tag with one VR in the dictionary. */
  public Attributes setDouble(int tag, double... doubles) {
    return setDouble(tag, ElementDictionary.vrOf(tag), doubles);
  }

  /** Sets bytes that are in the data set's byte order. */
  public Attributes setBytes(int tag, VR vr, byte[] bytes) {
    return put(tag, vr, bytes);
  }

  /** Sets an element without value. */
  public Attributes setEmpty(int tag, VR vr) {
    return put(tag, vr, EMPTY);
  }

  /** Sets an element without value, of a tag with one VR in the dictionary. */
  public Attributes setEmpty(int tag) {
    return setEmpty(tag, ElementDictionary.vrOf(tag));
  }

  /** Sets a sequence without items, and returns it. */
  public Sequence newSequence(int tag) {
    Sequence sequence = new Sequence(this);
    put(tag, VR.SQ, sequence);
    return sequence;
  }

  /** Number of elements and their tags; no values, which may name a patient. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Attributes[");
    for (int i = 0; i < Math.min(size, 8); i++) {
      text.append(Tag.toString(tags[i])).append(vrs[i]).append(' ');
    }
    return text.append(size).append(" elements]").toString();
  }
}
