package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;

class FrameTranscoderTest {
  private static final ImageDescription SIGNED =
      new ImageDescription(5, 7, Photometric.MONOCHROME2, 16, 12, 11, true, false);

  private final FrameTranscoder transcoder = new FrameTranscoder(Codecs.inJava());
  @TempDir Path scratch;

  private static byte[] frame(byte[] file, int number) throws IOException {
    ByteSource source = ByteSource.of(file);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    PixelFrames.of(source).copy(source, number, frame);
    return frame.toByteArray();
  }

  /** What is read of a file for it. */
  private static Attributes header(byte[] file) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(file))) {
      in.bulkDataThreshold(8).keepOnly(FrameTranscoder::needs);
      return in.readDataSetUntil(Tag.PixelData);
    }
  }

  private static Attributes image(String kind) {
    return switch (kind) {
      case "grey" -> Made.dataSet(Made.GREY, 3);
      case "signed" -> Made.dataSet(SIGNED, 3);
      case "color" -> Made.dataSet(Made.COLOR, 3);
      case "planes" -> Made.dataSet(Made.COLOR.inPlanes(), 3);
      case "overlay" ->
          Made.dataSet(Made.GREY, 3)
              .setInt(Tag.OverlayBitsAllocated, VR.US, 16)
              .setInt(Tag.OverlayBitPosition, VR.US, 13);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest(name = "{0} into {1} and back")
  @CsvSource({
    "grey, 1.2.840.10008.1.2.5",
    "grey, 1.2.840.10008.1.2.4.70",
    "signed, 1.2.840.10008.1.2.4.57",
    "signed, 1.2.840.10008.1.2.5",
    "color, 1.2.840.10008.1.2.4.70",
    "color, 1.2.840.10008.1.2.5",
    "planes, 1.2.840.10008.1.2.5",
    "overlay, 1.2.840.10008.1.2.5",
    "overlay, 1.2.840.10008.1.2.4.70"
  })
  void givenAFrame_thenItIsThatOfTheTranscodedObject(String kind, String syntax)
      throws IOException {
    byte[] plain = Made.file(image(kind), UID.ExplicitVRLittleEndian);
    byte[] coded = Transcoding.of(plain, syntax, scratch).file();
    byte[] back = Transcoding.of(coded, UID.ExplicitVRLittleEndian, scratch).file();

    byte[] encoded =
        transcoder.transcode(frame(plain, 2), UID.ExplicitVRLittleEndian, header(plain), syntax);
    byte[] expected = frame(coded, 2);
    assertThat(Arrays.copyOf(encoded, expected.length)).isEqualTo(expected);
    assertThat(
            transcoder.transcode(
                frame(coded, 2), syntax, header(coded), UID.ExplicitVRLittleEndian))
        .isEqualTo(frame(back, 2));
  }

  @Test
  void givenOneBitAPixel_thenAFrameBeginsInAByteOfItsOwn() throws IOException {
    ImageDescription image =
        new ImageDescription(1, 5, Photometric.MONOCHROME2, 1, 1, 0, false, false);
    byte[] coded = {1, 0, 0, 0, 64, 0, 0, 0};
    byte[] rle = Arrays.copyOf(coded, 66);
    rle[65] = 0b10110;
    byte[] file = Made.file(Made.encapsulated(image, rle, rle), UID.RLELossless);

    assertThat(transcoder.transcode(rle, UID.RLELossless, header(file), UID.ExplicitVRLittleEndian))
        .containsExactly(0b10110);
  }

  @Test
  void givenBitsThatDoNotCount_whenTheyWouldBeLost_thenTheFrameIsRefused() throws IOException {
    Attributes header = header(Made.file(image("grey"), UID.ExplicitVRLittleEndian));
    byte[] frame = new byte[(int) Made.GREY.frameBytes()];
    Arrays.fill(frame, (byte) 0xFF);

    assertThatThrownBy(() ->
            transcoder.transcode(frame, UID.ExplicitVRLittleEndian, header, UID.JPEGLosslessSV1))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("would be lost");
    assertThat(transcoder.transcode(frame, UID.ExplicitVRLittleEndian, header, UID.RLELossless))
        .isNotEmpty();
  }

  @Test
  void givenWhatIsNotTranscoded_thenTheReasonIsSaid() throws IOException {
    byte[] plain = Made.file(image("grey"), UID.ExplicitVRLittleEndian);
    Attributes header = header(plain);
    byte[] frame = frame(plain, 1);

    assertThatThrownBy(() ->
            transcoder.transcode(frame, UID.ExplicitVRLittleEndian, header, UID.HTJ2KLossless))
        .isInstanceOfSatisfying(
            TranscodingRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_ENCODER));
    assertThatThrownBy(
            () -> transcoder.transcode(frame, UID.MPEG4HP41, header, UID.ExplicitVRLittleEndian))
        .isInstanceOfSatisfying(
            TranscodingRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_DECODER));
    assertThatThrownBy(() ->
            transcoder.transcode(new byte[9], UID.RLELossless, header, UID.ExplicitVRLittleEndian))
        .isInstanceOf(CorruptFrameException.class);
    assertThatThrownBy(() ->
            transcoder.transcode(
                frame, UID.ExplicitVRLittleEndian, new Attributes(), UID.RLELossless))
        .isInstanceOfSatisfying(
            TranscodingRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_IMAGE));
    header.setBytes(Tag.FloatPixelData, VR.OF, new byte[4]);
    assertThatThrownBy(
            () -> transcoder.transcode(frame, UID.ExplicitVRLittleEndian, header, UID.RLELossless))
        .isInstanceOfSatisfying(
            TranscodingRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.FLOATING_POINT));
  }
}
