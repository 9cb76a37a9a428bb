package org.regionalpacs.dicom.data;

/** Value representations (PS3.5 6.2). */
public enum VR {
  AE(Kind.ASCII, 1),
  AS(Kind.ASCII, 1),
  AT(Kind.INTEGER, 2),
  CS(Kind.ASCII, 1),
  DA(Kind.ASCII, 1),
  DS(Kind.ASCII, 1),
  DT(Kind.ASCII, 1),
  FD(Kind.FLOAT, 8),
  FL(Kind.FLOAT, 4),
  IS(Kind.ASCII, 1),
  LO(Kind.TEXT, 1),
  LT(Kind.TEXT, 1),
  OB(Kind.BYTES, 1),
  OD(Kind.BYTES, 8),
  OF(Kind.BYTES, 4),
  OL(Kind.BYTES, 4),
  OV(Kind.BYTES, 8),
  OW(Kind.BYTES, 2),
  PN(Kind.TEXT, 1),
  SH(Kind.TEXT, 1),
  SL(Kind.INTEGER, 4),
  SQ(Kind.SEQUENCE, 1),
  SS(Kind.INTEGER, 2),
  ST(Kind.TEXT, 1),
  SV(Kind.INTEGER, 8),
  TM(Kind.ASCII, 1),
  UC(Kind.TEXT, 1),
  UI(Kind.ASCII, 1),
  UL(Kind.INTEGER, 4),
  UN(Kind.BYTES, 1),
  UR(Kind.ASCII, 1),
  US(Kind.INTEGER, 2),
  UT(Kind.TEXT, 1),
  UV(Kind.INTEGER, 8);

  /** What the bytes of a value mean. */
  public enum Kind {
    /** Characters of the default repertoire. */
    ASCII,
    /** Characters of the data set's Specific Character Set. */
    TEXT,
    /** Binary integers. */
    INTEGER,
    /** IEEE 754 numbers. */
    FLOAT,
    /** Bytes or words kept as they are. */
    BYTES,
    /** Items. */
    SEQUENCE
  }

  private static final VR[] BY_CODE = new VR[26 * 26];

  static {
    for (VR vr : values()) {
      BY_CODE[index(vr.name().charAt(0), vr.name().charAt(1))] = vr;
    }
  }

  private final Kind kind;
  private final int unit;

  VR(Kind kind, int unit) {
    this.kind = kind;
    this.unit = unit;
  }

  /**
   * The VR of two code bytes, or {@code null} when there is no such VR (this is the parser's inner
   * loop, hence no Optional).
   */
  public static VR ofCode(int first, int second) {
    return first < 'A' || first > 'Z' || second < 'A' || second > 'Z'
        ? null
        : BY_CODE[index(first, second)];
  }

  private static int index(int first, int second) {
    return (first - 'A') * 26 + second - 'A';
  }

  /** What the bytes of a value mean. */
  public Kind kind() {
    return kind;
  }

  /** Bytes that change places together between the byte orders: 1, 2, 4 or 8. */
  public int unit() {
    return unit;
  }

  /** Bytes of one binary value: 4 for AT, else {@link #unit()}. */
  public int valueSize() {
    return this == AT ? 4 : unit;
  }

  /** Whether values are characters. */
  public boolean isString() {
    return kind == Kind.ASCII || kind == Kind.TEXT;
  }

  /** Whether the explicit encoding has a 32-bit length field (PS3.5 7.1.2). */
  public boolean hasLongLength() {
    return switch (this) {
      case OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV -> true;
      case AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, PN, SH, SL, SS, ST, TM, UI, UL, US ->
          false;
    };
  }

  /** Whether a backslash separates values (PS3.5 6.4). */
  public boolean isMultiValued() {
    return this != ST && this != LT && this != UT && this != UR;
  }

  /** The byte that fills a value up to an even length. */
  public int padding() {
    return isString() && this != UI ? ' ' : 0;
  }
}
