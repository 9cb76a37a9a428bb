package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileIdTest {
  private static String id(long size, int crc) {
    byte[] fields =
        ByteBuffer.allocate(20)
            .put(new byte[] {10, 0, 0, (byte) 200})
            .putInt((int) 4_000_000_000L)
            .putLong(size)
            .putInt(crc)
            .array();
    return "group1/M00/0A/FF/"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(fields)
        + "123.dcm";
  }

  @Test
  void givenAnId_whenParsed_thenItsFieldsAreThere() {
    FileId file = FileId.parse(id(0x8012_3456_0000_0007L, -5));

    assertThat(file.group()).isEqualTo("group1");
    assertThat(file.source()).isEqualTo("10.0.0.200");
    assertThat(file.created()).isEqualTo(Instant.ofEpochSecond(4_000_000_000L));
    assertThat(file.size()).isEqualTo(7);
    assertThat(file.crc()).isEqualTo(-5);
    assertThat(file.holds(7, -5)).isTrue();
    assertThat(file.holds(8, -5)).isFalse();
    assertThat(file.holds(7, 5)).isFalse();
    assertThat(file).hasToString(id(0x8012_3456_0000_0007L, -5));
  }

  @ParameterizedTest
  @ValueSource(longs = {4_294_967_296L, 5_368_709_121L, 1L << 40})
  void givenAFileOf4GigabytesOrMore_whenParsed_thenItsSizeIsWhole(long size) {
    assertThat(FileId.parse(id(size, 1)).size()).isEqualTo(size);
  }

  @Test
  void givenAFileOfNearly4Gigabytes_whenParsed_thenItsSizeIsPositive() {
    assertThat(FileId.parse(id(0x8000_0000_FFFF_FFFFL, 1)).size()).isEqualTo(0xFFFF_FFFFL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "group1",
        "group1/M00/00/00/short.dcm",
        "group1/M00/00/../CgAAyO5rKACAEjRWAAAAB_____s123.dcm",
        "group1/M00/00/00/CgAAyO5rKACAEjRWAAAAB_____s123.dcm/x",
        "a-group-name-too-long/M00/00/00/CgAAyO5rKACAEjRWAAAAB_____s123.dcm",
        "tenant/1.2/1.2.3/1.2.3.4/r.dcm"
      })
  void givenSomethingElse_whenParsed_thenItIsRefused(String id) {
    assertThatThrownBy(() -> FileId.parse(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
