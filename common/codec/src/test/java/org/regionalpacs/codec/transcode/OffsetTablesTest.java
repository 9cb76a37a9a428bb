package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;

/** Where frames are found: PS3.5 A.4, and beyond 4 GB PS3.3 C.7.6.3.1.8. */
class OffsetTablesTest {
  private static final long GB = 1L << 30;

  @Test
  void givenFramesOfOddLength_thenItemsAreCountedWithTheirFilling() {
    List<BulkData> frames = List.of(new BulkData(0, 5), new BulkData(5, 8), new BulkData(13, 2));

    byte[] table = OffsetTables.basic(frames).orElseThrow();

    assertThat(table).hasSize(12);
    assertThat(ByteOrder.int32(table, 4, false)).isEqualTo(14);
    assertThat(ByteOrder.int32(table, 8, false)).isEqualTo(30);
  }

  @Test
  void givenALastFrameThatBeginsBefore4Gb_thenTheBasicTableReachesIt() {
    List<BulkData> frames =
        List.of(new BulkData(0, 2 * GB), new BulkData(0, 2 * GB - 24), new BulkData(0, 3 * GB));

    byte[] table = OffsetTables.basic(frames).orElseThrow();

    assertThat(Integer.toUnsignedLong(ByteOrder.int32(table, 8, false))).isEqualTo(4 * GB - 8);
  }

  @Test
  void givenALastFrameBeyond4Gb_thenOnlyTheExtendedTableReachesIt() {
    List<BulkData> frames =
        List.of(new BulkData(0, 2 * GB), new BulkData(0, 2 * GB + 1), new BulkData(0, 3));

    assertThat(OffsetTables.basic(frames)).isEmpty();
    for (boolean bigEndian : List.of(false, true)) {
      byte[] offsets = OffsetTables.extended(frames, bigEndian);
      byte[] lengths = OffsetTables.lengths(frames, bigEndian);
      assertThat(ByteOrder.int64(offsets, 16, bigEndian)).isEqualTo(4 * GB + 18);
      assertThat(ByteOrder.int64(lengths, 8, bigEndian)).isEqualTo(2 * GB + 1);
    }
  }
}
