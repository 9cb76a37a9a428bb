package org.regionalpacs.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/** What is written byte by byte, by the sections of PS3.5. */
class WriteOptionsTest {
  private static final int PRIVATE_SEQUENCE = 0x00091001;
  private static final WriteOptions DEFINED = WriteOptions.DEFAULT.withDefinedLengths();

  @Test
  void givenNestedItems_whenLengthsAreDefined_thenHeadsHaveThemAndNoDelimiterFollows()
      throws IOException {
    assertThat(hex(nested(Tag.ReferencedStudySequence), UID.ExplicitVRLittleEndian, DEFINED))
        .isEqualTo(
            "08001011 5351 0000 26000000 feff00e0 1e000000".replace(" ", "")
                + "080010115351000012000000feff00e00a000000"
                + "0800600043530200"
                + "4354");
  }

  @Test
  void givenNestedItems_whenLengthsAreUndefined_thenDelimitersEndThem() throws IOException {
    assertThat(
            hex(
                nested(Tag.ReferencedStudySequence),
                UID.ExplicitVRLittleEndian,
                WriteOptions.DEFAULT))
        .startsWith("0800101153510000fffffffffeff00e0ffffffff")
        .endsWith("feff0de000000000feffdde000000000");
  }

  /** Else readers would take the items for bytes: nothing names the VR. */
  @Test
  void givenAPrivateSequenceInImplicitVr_whenLengthsAreDefined_thenItsOwnStaysUndefined()
      throws IOException {
    byte[] bytes = bytes(nested(PRIVATE_SEQUENCE), UID.ImplicitVRLittleEndian, DEFINED);
    assertThat(HexFormat.of().formatHex(bytes)).startsWith("09000110ffffffff");
    Attributes read = read(bytes, UID.ImplicitVRLittleEndian);
    assertThat(read.getItem(PRIVATE_SEQUENCE).flatMap(i -> i.getItem(PRIVATE_SEQUENCE)))
        .hasValueSatisfying(item -> assertThat(item.getString(Tag.Modality)).contains("CT"));
  }

  @Test
  void givenGroups_whenGroupLengthsAreWanted_thenEachIsWhatFollows() throws IOException {
    Attributes dataSet = nested(Tag.ReferencedStudySequence).setString(Tag.PatientID, "1");
    dataSet.setInt(0x00080000, VR.UL, 7777);
    for (WriteOptions options : new WriteOptions[] {WriteOptions.DEFAULT, DEFINED}) {
      byte[] bytes = bytes(dataSet, UID.ExplicitVRLittleEndian, options.withGroupLengths());
      Attributes read = read(bytes, UID.ExplicitVRLittleEndian);
      assertThat(read.getInt(0x00100000)).hasValue(10);
      assertThat(read.getInt(0x00080000)).hasValue(bytes.length - 12 - 12 - 10);
      assertThat(read.getItem(Tag.ReferencedStudySequence).orElseThrow().contains(0x00080000))
          .isTrue();
    }
  }

  @Test
  void givenAValueTooLongForItsLengthField_whenDefined_thenItIsUnAndTheItemsLengthIsRight()
      throws IOException {
    Attributes dataSet = new Attributes();
    Sequence items = dataSet.newSequence(Tag.ReferencedStudySequence);
    items.addItem().setBytes(Tag.LUTData, VR.US, new byte[0x1_0001]);
    items.addItem().setString(Tag.Modality, "CT");
    Attributes read =
        read(bytes(dataSet, UID.ExplicitVRLittleEndian, DEFINED), UID.ExplicitVRLittleEndian);
    Sequence found = read.getSequence(Tag.ReferencedStudySequence).orElseThrow();
    assertThat(found.get(0).vrOf(Tag.LUTData)).contains(VR.UN);
    assertThat(found.get(0).getBytes(Tag.LUTData).orElseThrow()).hasSize(0x1_0002);
    assertThat(found.get(1).getString(Tag.Modality)).contains("CT");
  }

  /** 5 GB in two items: no length fits the sequence, and nothing is kept in memory. */
  @Test
  void givenItemsOfMoreThan4Gb_whenLengthsAreDefined_thenTheSequenceIsDelimited()
      throws IOException {
    Attributes dataSet = new Attributes();
    Sequence items = dataSet.newSequence(Tag.IconImageSequence);
    items.addItem().set(Tag.PixelData, VR.OW, new BulkData(0, 5L << 29));
    items.addItem().set(Tag.PixelData, VR.OW, new BulkData(0, 5L << 29));
    Head head = new Head();
    DicomOutputStream.writeDataSet(dataSet, UID.ExplicitVRLittleEndian, new Zeros(), DEFINED, head);
    assertThat(HexFormat.of().formatHex(head.first))
        .startsWith("8800000253510000fffffffffeff00e00c0000a0");
    assertThat(head.count).isEqualTo(12 + 2 * (8 + 12 + (5L << 29)) + 8);
  }

  // ---- encapsulated pixel data

  @Test
  void givenFramesOfSeveralFragments_whenABasicTableIsWanted_thenItPointsToTheFirstOfEach()
      throws IOException {
    Attributes read = rewritten(OffsetTable.BASIC);
    assertThat(fragments(read))
        .containsExactly("000000001a000000", "ffd8ffe0aaaa", "bbbbbb00", "ffd8ffe0cc00");
  }

  @Test
  void givenFramesOfSeveralFragments_whenAnExtendedTableIsWanted_thenEachBecomesOneFragment()
      throws IOException {
    Attributes read = rewritten(OffsetTable.EXTENDED);
    assertThat(fragments(read)).containsExactly("", "ffd8ffe0aaaabbbbbb00", "ffd8ffe0cc00");
    assertThat(HexFormat.of().formatHex(read.getBytes(Tag.ExtendedOffsetTable).orElseThrow()))
        .isEqualTo("00000000000000001200000000000000");
    assertThat(
            HexFormat.of().formatHex(read.getBytes(Tag.ExtendedOffsetTableLengths).orElseThrow()))
        .isEqualTo("09000000000000000500000000000000");
  }

  /** Its tables are elements like others, in the byte order of their data set. */
  @Test
  void givenABigEndianDataSet_whenAnExtendedTableIsWanted_thenItsNumbersAreTheSame()
      throws IOException {
    Fragments fragments = new Fragments();
    for (String hex : new String[] {"", "ffd8ffe0aaaa", "bbbbbb", "ffd8ffe0cc"}) {
      fragments.add(HexFormat.of().parseHex(hex));
    }
    Attributes dataSet =
        new Attributes(true)
            .setInt(Tag.NumberOfFrames, 2)
            .setBytes(
                Tag.ExtendedOffsetTable,
                VR.OV,
                HexFormat.of().parseHex("0000000000000000000000000000001a"))
            .set(Tag.PixelData, VR.OB, fragments);
    Attributes read = rewrite(dataSet, OffsetTable.EXTENDED);
    assertThat(HexFormat.of().formatHex(read.getBytes(Tag.ExtendedOffsetTable).orElseThrow()))
        .isEqualTo("00000000000000001200000000000000");
    assertThat(
            HexFormat.of().formatHex(read.getBytes(Tag.ExtendedOffsetTableLengths).orElseThrow()))
        .isEqualTo("09000000000000000500000000000000");
  }

  @Test
  void givenAnExtendedTable_whenAnotherIsWanted_thenItIsGone() throws IOException {
    Attributes extended = rewritten(OffsetTable.EXTENDED);
    Attributes empty = rewrite(extended, OffsetTable.EMPTY);
    assertThat(empty.contains(Tag.ExtendedOffsetTable)).isFalse();
    assertThat(empty.contains(Tag.ExtendedOffsetTableLengths)).isFalse();
    assertThat(fragments(rewrite(extended, OffsetTable.BASIC)).getFirst())
        .isEqualTo("0000000012000000");
    assertThat(rewrite(extended, OffsetTable.AS_IS).contains(Tag.ExtendedOffsetTable)).isTrue();
  }

  /** RLE has no marker: only the table told, and it is used before it is replaced. */
  @Test
  void givenFragmentsThatOnlyAnExtendedTableTellsApart_whenRewritten_thenItDecides()
      throws IOException {
    Fragments fragments = new Fragments();
    for (String hex : new String[] {"", "0101", "0202", "0303"}) {
      fragments.add(HexFormat.of().parseHex(hex));
    }
    Attributes dataSet =
        new Attributes()
            .setInt(Tag.NumberOfFrames, 2)
            .setBytes(
                Tag.ExtendedOffsetTable,
                VR.OV,
                HexFormat.of().parseHex("00000000000000001400000000000000"))
            .set(Tag.PixelData, VR.OB, fragments);
    assertThat(fragments(rewrite(dataSet, OffsetTable.EXTENDED)))
        .containsExactly("", "01010202", "0303");
  }

  @Test
  void givenFragmentsThatNobodyCanTellApart_whenATableIsWanted_thenThatIsSaid() {
    Fragments fragments = new Fragments();
    for (int i = 0; i < 4; i++) {
      fragments.add(new byte[2]);
    }
    Attributes dataSet =
        new Attributes().setInt(Tag.NumberOfFrames, 2).set(Tag.PixelData, VR.OB, fragments);
    assertThatThrownBy(() -> rewrite(dataSet, OffsetTable.BASIC))
        .isInstanceOf(NoPixelDataException.class)
        .hasMessageContaining("3 fragments");
  }

  @Test
  void givenAHostileHeader_whenATableIsWanted_thenItIsRefusedWithoutMuchMemory() {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.add(new byte[2]);
    fragments.add(new byte[2]);
    Attributes dataSet =
        new Attributes()
            .setInt(Tag.NumberOfFrames, Integer.MAX_VALUE)
            .set(Tag.PixelData, VR.OB, fragments);
    dataSet.newSequence(Tag.ExtendedOffsetTable).addItem();
    assertThatThrownBy(() -> rewrite(dataSet, OffsetTable.EXTENDED))
        .isInstanceOf(NoPixelDataException.class);
  }

  @Test
  void givenFramesBeyond4Gb_whenABasicTableIsWanted_thenItIsRefusedAndAnExtendedOneIsNot()
      throws IOException {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    for (int i = 0; i < 3; i++) {
      fragments.add(new BulkData(0, 5L << 29));
    }
    Attributes dataSet =
        new Attributes().setInt(Tag.NumberOfFrames, 3).set(Tag.PixelData, VR.OB, fragments);
    assertThatThrownBy(() ->
            DicomOutputStream.writeDataSet(
                dataSet,
                UID.JPEGBaseline8Bit,
                new Zeros(),
                WriteOptions.DEFAULT.withOffsetTable(OffsetTable.BASIC),
                OutputStream.nullOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 GB");
    Head head = new Head();
    DicomOutputStream.writeDataSet(
        dataSet,
        UID.JPEGBaseline8Bit,
        new Zeros(),
        WriteOptions.DEFAULT.withOffsetTable(OffsetTable.EXTENDED),
        head);
    assertThat(head.count).isGreaterThan(15L << 29);
  }

  private static Attributes rewritten(OffsetTable table) throws IOException {
    Fragments fragments = new Fragments();
    for (String hex : new String[] {"", "ffd8ffe0aaaa", "bbbbbb", "ffd8ffe0cc"}) {
      fragments.add(HexFormat.of().parseHex(hex));
    }
    Attributes dataSet =
        new Attributes().setInt(Tag.NumberOfFrames, 2).set(Tag.PixelData, VR.OB, fragments);
    return rewrite(dataSet, table);
  }

  private static Attributes rewrite(Attributes dataSet, OffsetTable table) throws IOException {
    byte[] bytes =
        bytes(dataSet, UID.JPEGBaseline8Bit, WriteOptions.DEFAULT.withOffsetTable(table));
    return read(bytes, UID.JPEGBaseline8Bit);
  }

  private static List<String> fragments(Attributes dataSet) {
    Fragments fragments = (Fragments) dataSet.element(Tag.PixelData).orElseThrow().value();
    return fragments.stream().map(each -> HexFormat.of().formatHex((byte[]) each)).toList();
  }

  private static Attributes nested(int tag) {
    Attributes dataSet = new Attributes();
    Attributes item = dataSet.newSequence(tag).addItem();
    item.newSequence(tag).addItem().setString(Tag.Modality, "CT");
    return dataSet;
  }

  private static String hex(Attributes dataSet, String syntax, WriteOptions options)
      throws IOException {
    return HexFormat.of().formatHex(bytes(dataSet, syntax, options));
  }

  private static byte[] bytes(Attributes dataSet, String syntax, WriteOptions options)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomOutputStream.writeDataSet(dataSet, syntax, ByteSource.of(new byte[0]), options, out);
    return out.toByteArray();
  }

  private static Attributes read(byte[] bytes, String syntax) throws IOException {
    try (DicomInputStream in =
        DicomInputStream.ofDataSet(ByteSource.of(bytes).open(0, -1), syntax)) {
      return in.readDataSet();
    }
  }

  /** As many zero bytes as anybody wants, from no memory. */
  private static final class Zeros implements ByteSource {
    @Override
    public long size() {
      return Long.MAX_VALUE;
    }

    @Override
    public InputStream open(long offset, long length) {
      return new InputStream() {
        @Override
        public int read() {
          return 0;
        }

        @Override
        public int read(byte[] to, int from, int count) {
          return count;
        }
      };
    }
  }

  /** Keeps the first bytes and counts all. */
  private static final class Head extends OutputStream {
    private final byte[] first = new byte[32];
    private long count;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length && count + i < first.length; i++) {
        first[(int) count + i] = bytes[offset + i];
      }
      count += length;
    }
  }
}
