package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;

/** What isn't transcoded is refused before a byte is written, and corrupt frames are named. */
class RefusalTest {
  @TempDir Path scratch;

  private record Case(
      String name,
      UnaryOperator<Attributes> change,
      String from,
      Target target,
      Reason reason,
      String said) {}

  static Stream<Arguments> refusals() {
    String plain = UID.ExplicitVRLittleEndian;
    Target rle = Target.lossless(UID.RLELossless);
    UnaryOperator<Attributes> asIs = dataSet -> dataSet;
    UnaryOperator<Attributes> fragments = dataSet -> inFragments(dataSet);
    Target lossyRle = new Target(UID.RLELossless, EncoderOptions.of(new Quality.Ratio(10)));
    return Stream.of(
            new Case(
                "A.3",
                asIs,
                plain,
                Target.lossless(UID.ExplicitVRBigEndian),
                Reason.NO_ENCODER,
                "Big Endian"),
            new Case(
                "no encoder",
                asIs,
                plain,
                Target.lossless(UID.MPEG2MPML),
                Reason.NO_ENCODER,
                UID.MPEG2MPML),
            new Case("RLE with loss", asIs, plain, lossyRle, Reason.NO_ENCODER, "with loss"),
            new Case(
                "no decoder",
                fragments,
                UID.JPEGXLLossless,
                rle,
                Reason.NO_DECODER,
                UID.JPEGXLLossless),
            new Case("8.2.5 video", fragments, UID.MPEG2MPML, rle, Reason.VIDEO, "video"),
            new Case(
                "8.4 provider URL",
                dataSet -> dataSet.setString(Tag.PixelDataProviderURL, "http://localhost/x"),
                plain,
                rle,
                Reason.PIXELS_ELSEWHERE,
                "Provider URL"),
            new Case(
                "C.7.6.24 float",
                dataSet ->
                    dataSet
                        .remove(Tag.PixelData)
                        .setBytes(Tag.FloatPixelData, VR.OF, new byte[140]),
                plain,
                rle,
                Reason.FLOATING_POINT,
                "Float"),
            new Case(
                "no pixels",
                dataSet -> dataSet.remove(Tag.PixelData),
                plain,
                rle,
                Reason.NO_FRAMES,
                "no pixel data"),
            new Case(
                "no whole frame",
                dataSet -> dataSet.setBytes(Tag.PixelData, VR.OW, new byte[4]),
                plain,
                rle,
                Reason.NO_FRAMES,
                "4 bytes"),
            new Case(
                "one bit",
                dataSet ->
                    dataSet
                        .setInt(Tag.BitsAllocated, 1)
                        .setInt(Tag.BitsStored, 1)
                        .setInt(Tag.HighBit, 0),
                plain,
                rle,
                Reason.UNSUPPORTED_IMAGE,
                "one bit"),
            new Case(
                "24 bits",
                dataSet ->
                    dataSet
                        .setInt(Tag.BitsAllocated, 24)
                        .setBytes(Tag.PixelData, VR.OB, new byte[106]),
                plain,
                rle,
                Reason.UNSUPPORTED_IMAGE,
                "Bits Allocated is 24"),
            new Case(
                "A.4 fragments in a native syntax",
                fragments,
                plain,
                rle,
                Reason.UNSUPPORTED_IMAGE,
                "isn't compressed"))
        .map(one -> Arguments.of(one.name(), one));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void givenWhatIsNotTranscoded_thenItIsRefusedBeforeAByteIsWritten(String name, Case one) {
    Attributes dataSet = one.change().apply(Made.dataSet(Made.GREY, 1));
    byte[] source = Made.file(dataSet, one.from());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    TranscodingRefusedException refused =
        catchThrowableOfType(
            TranscodingRefusedException.class,
            () ->
                new Transcoder(Codecs.inJava(), scratch)
                    .transcode(ByteSource.of(source), one.target(), out));

    assertThat(refused).isNotNull().hasMessageContaining(one.said());
    assertThat(refused.reason()).isEqualTo(one.reason());
    assertThat(out.size()).isZero();
  }

  @Test
  void givenPixelsOfMoreThan4Gb_whenDecoded_thenTheyAreRefusedBeforeAByteIsWritten() {
    Attributes dataSet =
        Made.encapsulated(
                Made.GREY, new byte[2], new byte[2], new byte[2], new byte[2], new byte[2])
            .setInt(Tag.Rows, 23_170)
            .setInt(Tag.Columns, 23_170);
    byte[] source = Made.file(dataSet, UID.JPEGLSLossless);
    // Nobody needs the samples: what they are is enough.
    Codecs codecs =
        Codecs.of(
            syntax -> Optional.of((frame, from, image) -> Samples.of(image, new byte[0])),
            syntax -> Optional.empty());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() ->
            new Transcoder(codecs, scratch)
                .transcode(ByteSource.of(source), Target.lossless(UID.ExplicitVRLittleEndian), out))
        .isInstanceOfSatisfying(
            TranscodingRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LONG));
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void givenACorruptSecondFrame_thenItIsNamed(String target, boolean nothingWritten)
      throws IOException {
    byte[] source = Made.file(Made.dataSet(Made.GREY, 3), UID.ExplicitVRLittleEndian);
    Attributes rle = Made.read(Transcoding.of(source, UID.RLELossless, scratch).file());
    Fragments fragments = (Fragments) rle.element(Tag.PixelData).orElseThrow().value();
    ((byte[]) fragments.get(2))[0] = 99;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] corrupt = Made.file(rle, UID.RLELossless);

    FrameTranscodingException named =
        catchThrowableOfType(
            FrameTranscodingException.class,
            () ->
                new Transcoder(Codecs.inProcess(), scratch)
                    .transcode(ByteSource.of(corrupt), Target.lossless(target), out));

    assertThat(named).isNotNull().hasMessageStartingWith("frame 2: ");
    assertThat(named.frame()).isEqualTo(2);
    assertThat(out.size() == 0).isEqualTo(nothingWritten);
  }

  static Stream<Arguments> targets() {
    return Stream.of(
        Arguments.of(UID.JPEGLSLossless, true), Arguments.of(UID.ExplicitVRLittleEndian, false));
  }

  @Test
  void givenAFrameOfAnotherKindThanTheFirst_thenItIsNamed() {
    byte[] source =
        Made.file(
            Made.encapsulated(Made.GREY, new byte[] {1, 0}, new byte[] {2, 0}),
            UID.JPEGBaseline8Bit);
    Codecs codecs =
        Codecs.of(
            syntax ->
                Optional.of((frame, from, image) ->
                    Samples.of(
                        frame[0] == 1 ? image : image.inBytes(Photometric.MONOCHROME2),
                        new byte[70])),
            syntax -> Optional.empty());

    assertThatThrownBy(() ->
            new Transcoder(codecs, scratch)
                .transcode(
                    ByteSource.of(source),
                    Target.lossless(UID.ExplicitVRLittleEndian),
                    new ByteArrayOutputStream()))
        .isInstanceOf(FrameTranscodingException.class)
        .hasMessageStartingWith("frame 2: its samples are");
  }

  @Test
  void givenACutFile_thenItIsRefusedBeforeAByteIsWritten() {
    byte[] source = Made.file(Made.dataSet(Made.GREY, 3), UID.ExplicitVRLittleEndian);
    byte[] cut = Arrays.copyOf(source, source.length - 9);

    assertThatThrownBy(() -> Transcoding.of(cut, UID.RLELossless, scratch))
        .isInstanceOf(DicomFormatException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("longOnes")
  void givenMoreThanMayWaitOnTheDisk_thenItIsRefusedBeforeItIsThere(String name, byte[] source) {
    AtomicLong used = new AtomicLong();
    AtomicLong peak = new AtomicLong();
    SpoolRoom room =
        new SpoolRoom() {
          @Override
          public long most() {
            return 1000;
          }

          @Override
          public void take(long bytes) {
            peak.accumulateAndGet(used.addAndGet(bytes), Math::max);
          }

          @Override
          public void give(long bytes) {
            used.addAndGet(-bytes);
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() ->
            new Transcoder(Codecs.inJava(), scratch, room)
                .transcode(ByteSource.of(source), Target.lossless(UID.RLELossless), out))
        .isInstanceOfSatisfying(
            TranscodingRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LONG));
    assertThat(out.size()).isZero();
    assertThat(peak).hasPositiveValue().hasValueLessThanOrEqualTo(1000);
    assertThat(used).hasValue(0);
  }

  static Stream<Arguments> longOnes() {
    byte[] bomb =
        Made.file(
            Made.dataSet(Made.GREY, 1).setBytes(0x00091001, VR.OB, new byte[8 << 20]),
            UID.DeflatedExplicitVRLittleEndian);
    assertThat(bomb.length).isLessThan(20_000);
    return Stream.of(
        Arguments.of("what was deflated", bomb),
        Arguments.of(
            "frames that are encoded",
            Made.file(Made.dataSet(Made.GREY, 20), UID.ExplicitVRLittleEndian)),
        Arguments.of(
            "both together",
            Made.file(Made.dataSet(Made.GREY, 5), UID.DeflatedExplicitVRLittleEndian)));
  }

  @Test
  void givenThereIsNoRoomNow_thenThatIsSaidAndWhatWasTakenIsGivenBack() {
    AtomicLong used = new AtomicLong();
    SpoolRoom full =
        new SpoolRoom() {
          @Override
          public long most() {
            return Long.MAX_VALUE;
          }

          @Override
          public void take(long bytes) throws IOException {
            if (used.get() + bytes > 300) {
              throw new IOException("full");
            }
            used.addAndGet(bytes);
          }

          @Override
          public void give(long bytes) {
            used.addAndGet(-bytes);
          }
        };
    byte[] source = Made.file(Made.dataSet(Made.GREY, 20), UID.ExplicitVRLittleEndian);

    assertThatThrownBy(() ->
            new Transcoder(Codecs.inJava(), scratch, full)
                .transcode(
                    ByteSource.of(source),
                    Target.lossless(UID.RLELossless),
                    new ByteArrayOutputStream()))
        .hasMessage("full");
    assertThat(used).hasValue(0);
  }

  @Test
  void givenAFragmentOfFarMoreBytesThanItsSamples_thenItIsNotReadIntoMemory() {
    byte[] source = Made.file(Made.encapsulated(Made.GREY, new byte[2 << 20]), UID.RLELossless);

    assertThatThrownBy(() -> Transcoding.of(source, UID.ExplicitVRLittleEndian, scratch))
        .isInstanceOf(FrameTranscodingException.class)
        .hasMessage("frame 1: it has 2097152 bytes, and its samples 70");
  }

  private static Attributes inFragments(Attributes dataSet) {
    Fragments fragments = new Fragments();
    fragments.addAll(List.of(new byte[0], new byte[70]));
    return dataSet.set(Tag.PixelData, VR.OB, fragments);
  }
}
