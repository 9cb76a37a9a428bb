package org.regionalpacs.codec.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.UID;

class WireTest {
  private static final ImageDescription IMAGE =
      new ImageDescription(2, 65535, Photometric.PALETTE_COLOR, 16, 12, 13, true, true);

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static DataInputStream written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writing.to(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Test
  void givenATask_thenTheOtherSideReadsIt() throws IOException {
    Task decode = new Task.Decode(new byte[] {1, 2, 3}, UID.JPEG2000, IMAGE);
    Task decoded = Task.read(written(decode::write));
    assertThat(decoded.image()).isEqualTo(IMAGE);
    assertThat(decoded.transferSyntax()).isEqualTo(UID.JPEG2000);
    assertThat(decoded.bytes()).containsExactly(1, 2, 3);

    Samples samples = Samples.of(IMAGE, new byte[(int) IMAGE.frameBytes()]);
    for (Quality quality :
        List.of(
            Quality.LOSSLESS,
            new Quality.Near(3),
            new Quality.Ratio(7.5),
            new Quality.Psnr(40),
            new Quality.Percent(90))) {
      EncoderOptions options = new EncoderOptions(quality, 33, 100, true);
      Task encode = new Task.Encode(samples, UID.JPEG2000, options);
      Task.Encode encoded = (Task.Encode) Task.read(written(encode::write));
      assertThat(encoded.options()).isEqualTo(options);
      assertThat(encoded.image()).isEqualTo(IMAGE);
      assertThat(encoded.bytes()).hasSize((int) IMAGE.frameBytes());
    }
  }

  @Test
  void givenLibraries_thenTheOtherSideReadsThem() throws IOException {
    List<Availability> libraries =
        List.of(
            Availability.of("A", "liba1", "1.0"),
            Availability.missing("B", "libb2", "x".repeat(5000)));

    List<Availability> read = Wire.readLibraries(written(out -> Wire.write(out, libraries)));

    assertThat(read.getFirst()).isEqualTo(libraries.getFirst());
    assertThat(read.getLast().usable()).isFalse();
    assertThat(read.getLast().detail()).hasSize(1000);
  }

  @ParameterizedTest(name = "{0} x {1}, {2}, {3} bits, {4} stored, high {5}")
  @CsvSource({
    "0, 1, 0, 8, 8, 7",
    "1, 0, 0, 8, 8, 7",
    "1, 1, 99, 8, 8, 7",
    "1, 1, 0, 12, 12, 11",
    "1, 1, 0, 8, 0, 7",
    "1, 1, 0, 8, 9, 8",
    "1, 1, 0, 16, 12, 10",
    "1, 1, 0, 8, 8, 8"
  })
  void givenADescriptionThatCanNotBe_thenItIsRefused(
      int rows, int columns, int photometric, int allocated, int stored, int high)
      throws IOException {
    DataInputStream in =
        written(out -> {
          out.writeShort(rows);
          out.writeShort(columns);
          for (int value : new int[] {photometric, allocated, stored, high, 0, 0}) {
            out.writeByte(value);
          }
        });

    assertThatThrownBy(() -> Wire.readImage(in)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void givenMoreBytesThanThereMayBe_thenTheyAreRefusedBeforeAnythingIsAllocated()
      throws IOException {
    for (int length : new int[] {11, Integer.MAX_VALUE, -1}) {
      DataInputStream in = written(out -> out.writeInt(length));
      assertThatThrownBy(() -> Wire.readBytes(in, 10)).isInstanceOf(ProtocolException.class);
    }
    DataInputStream libraries = written(out -> out.write(new byte[0]));
    assertThatThrownBy(() -> Wire.readLibraries(libraries)).isInstanceOf(IOException.class);
  }

  @Test
  void givenAResultOfAnotherSize_thenATaskDoesNotAllowIt() {
    ImageDescription image = new ImageDescription(3, 5, Photometric.RGB, 8, 8, 7, false, false);
    Task decode = new Task.Decode(new byte[1], UID.JPEG2000, image);

    assertThat(decode.allows(image.inPlanes())).isTrue();
    assertThat(decode.allows(image.inPixels(Photometric.YBR_FULL))).isTrue();
    assertThat(decode.allows(image.inPixels(Photometric.MONOCHROME2))).isFalse();
    assertThat(decode.allows(IMAGE)).isFalse();
    assertThat(decode.shortest(image)).isEqualTo(45);
    assertThat(decode.longest(image)).isEqualTo(45);
    Task encode =
        new Task.Encode(Samples.of(image, new byte[45]), UID.JPEG2000, EncoderOptions.LOSSLESS);
    assertThat(encode.allows(IMAGE)).isFalse();
    assertThat(encode.shortest(image)).isOne();
    assertThat(encode.longest(image)).isEqualTo(90 + (1 << 17));
  }
}
