package org.regionalpacs.wado.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;

/** What pixel data is that comes as bulk data (PS3.18 8.7.3.3). */
class PixelValueTest {
  private static final String JPEG = "1.2.840.10008.1.2.4.";

  /** The process of the codestream, and the predictor or allowed error of its scan. */
  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image/jpeg  | C0 | 0 |    | 50
          image/jpeg  | C0 | 0 | 51 | 51
          image/jpeg  | C1 | 0 |    | 51
          image/jpeg  | C3 | 1 |    | 70
          image/jpeg  | C3 | 6 |    | 57
          image/jpeg  | C3 | 1 | 57 | 57
          image/jls   | F7 | 0 |    | 80
          image/x-jls | F7 | 3 |    | 81
          image/jpeg  | C3 | 6 | 70 | refused
          image/jpeg  | C0 | 0 | 70 | refused
          image/jpeg  | C0 | 0 | 80 | refused
          """)
  void givenJpeg_thenItsTransferSyntaxIsThatOfItsCodestream(
      String type, String process, int selection, String stated, String syntax) throws IOException {
    byte[] stream = jpeg(Integer.parseInt(process, 16), selection);
    BulkPart part =
        new BulkPart(type, Optional.ofNullable(stated).map(JPEG::concat), whole(stream));
    if (syntax.equals("refused")) {
      assertThatThrownBy(() -> value(stream, part)).isInstanceOf(RefusedObjectException.class);
      return;
    }

    assertThat(value(stream, part).transferSyntax()).isEqualTo(JPEG + syntax);
  }

  @Test
  void givenJp2_thenTheBoxesAreTakenOff() throws IOException {
    byte[] codestream = jpeg2000();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream file = new DataOutputStream(bytes);
    box(file, 0x6A502020, new byte[] {0x0D, 0x0A, (byte) 0x87, 0x0A});
    box(file, 0x66747970, new byte[12]);
    int start = bytes.size() + 8;
    box(file, 0x6A703263, codestream);
    byte[] jp2 = bytes.toByteArray();

    PixelValue value = value(jp2, new BulkPart("image/jp2", Optional.empty(), whole(jp2)));

    assertThat(value.transferSyntax()).isEqualTo(UID.JPEG2000);
    assertThat(((Fragments) value.value()).get(1))
        .isEqualTo(new BulkData(start, codestream.length));
    assertThat(value.description()).contains(new PixelDescription(20, 30, 3, 12, true, "YBR_ICT"));
  }

  @Test
  void givenItemsAndDelimiter_thenTheyBecomeFragments() throws IOException {
    byte[] items = {
      (byte) 0xFE,
      (byte) 0xFF,
      0,
      (byte) 0xE0,
      0,
      0,
      0,
      0,
      (byte) 0xFE,
      (byte) 0xFF,
      0,
      (byte) 0xE0,
      2,
      0,
      0,
      0,
      1,
      2,
      (byte) 0xFE,
      (byte) 0xFF,
      (byte) 0xDD,
      (byte) 0xE0,
      0,
      0,
      0,
      0
    };

    PixelValue value =
        value(items, new BulkPart(BulkPart.OCTETS, Optional.of(UID.RLELossless), whole(items)));

    assertThat((Fragments) value.value()).containsExactly(new BulkData(8, 0), new BulkData(16, 2));
  }

  @Test
  void givenFramesThatAreNotAsManyAsParts_thenRefused() {
    byte[] stream = jpeg(0xC0, 0);
    BulkPart part = new BulkPart("image/jpeg", Optional.empty(), whole(stream));

    assertThatThrownBy(
            () -> PixelValue.of(List.of(part, part), Optional.empty(), 3, ByteSource.of(stream)))
        .isInstanceOf(RefusedObjectException.class)
        .hasMessageContaining("2 of 3");
  }

  @Test
  void givenAVideo_thenItIsOneStreamHoweverManyFrames() throws IOException {
    byte[] stream = new byte[10];
    BulkPart part = new BulkPart("video/mp4", Optional.empty(), whole(stream));

    PixelValue value = PixelValue.of(List.of(part), Optional.empty(), 250, ByteSource.of(stream));

    assertThat(value.transferSyntax()).isEqualTo(UID.MPEG4HP41);
    assertThat(value.compressed()).isTrue();
  }

  private static PixelValue value(byte[] bytes, BulkPart part) throws IOException {
    return PixelValue.of(List.of(part), Optional.empty(), 1, ByteSource.of(bytes));
  }

  private static BulkData whole(byte[] bytes) {
    return new BulkData(0, bytes.length);
  }

  private static byte[] jpeg(int process, int selection) {
    return new byte[] {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xE0,
      0,
      4,
      1,
      2,
      (byte) 0xFF,
      (byte) process,
      0,
      11,
      8,
      0,
      16,
      0,
      16,
      1,
      1,
      0x11,
      0,
      (byte) 0xFF,
      (byte) 0xDA,
      0,
      8,
      1,
      1,
      0,
      (byte) selection,
      63,
      0
    };
  }

  /** 30 by 20 pixels of three signed samples of 12 bits, irreversible. */
  private static byte[] jpeg2000() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0xFF4F);
    out.writeShort(0xFF51);
    out.writeShort(38 + 9);
    out.writeShort(0);
    for (int value : new int[] {40, 30, 10, 10, 64, 64, 0, 0}) {
      out.writeInt(value);
    }
    out.writeShort(3);
    for (int i = 0; i < 3; i++) {
      out.write(new byte[] {(byte) 0x8B, 1, 1});
    }
    out.writeShort(0xFF52);
    out.writeShort(12);
    out.write(new byte[] {0, 0, 0, 1, 1, 5, 4, 4, 0, 0});
    out.writeShort(0xFF90);
    return bytes.toByteArray();
  }

  private static void box(DataOutputStream out, int type, byte[] content) throws IOException {
    out.writeInt(8 + content.length);
    out.writeInt(type);
    out.write(content);
  }
}
