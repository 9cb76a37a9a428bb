package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.FileMeta;

/** What an object says, and how it lies, in another transfer syntax. */
class TranscoderTest {
  @TempDir Path scratch;

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        UID.ImplicitVRLittleEndian,
        UID.ExplicitVRLittleEndian,
        UID.DeflatedExplicitVRLittleEndian
      })
  void givenFramesInRle_whenDecoded_thenEveryBitOfAllIsBack(String syntax) throws IOException {
    byte[] source = Made.file(Made.dataSet(Made.COLOR, 3), UID.ExplicitVRLittleEndian);
    byte[] rle = Transcoding.of(source, UID.RLELossless, scratch).file();

    Transcoding decoded = Transcoding.of(rle, syntax, scratch);

    assertThat(decoded.dataSet().getBytes(Tag.PixelData))
        .contains(Made.read(source).getBytes(Tag.PixelData).orElseThrow());
    assertThat(decoded.dataSet().getInt(Tag.PlanarConfiguration, -1)).isZero();
    assertThat(Made.meta(decoded.file()).getString(Tag.TransferSyntaxUID)).contains(syntax);
    assertThat(decoded.said()).isEqualTo(new Transcoded("1.2.3.4", 3, false, List.of()));
  }

  @Test
  void givenColorByPlane_whenThereAndBack_thenItIsByPlane() throws IOException {
    byte[] source = Made.file(Made.dataSet(Made.COLOR.inPlanes(), 2), UID.ExplicitVRLittleEndian);
    byte[] rle = Transcoding.of(source, UID.RLELossless, scratch).file();

    Attributes back = Transcoding.of(rle, UID.ExplicitVRLittleEndian, scratch).dataSet();

    assertThat(back.getBytes(Tag.PixelData))
        .contains(Made.read(source).getBytes(Tag.PixelData).orElseThrow());
    assertThat(back.getInt(Tag.PlanarConfiguration, 0)).isEqualTo(1);
  }

  @Test
  void givenSeveralFrames_whenEncoded_thenEachIsAFragmentThatTheOffsetTableFinds()
      throws IOException {
    byte[] source = Made.file(Made.dataSet(Made.GREY, 3), UID.ImplicitVRLittleEndian);

    Transcoding rle = Transcoding.of(source, UID.RLELossless, scratch);

    Fragments fragments = (Fragments) rle.dataSet().element(Tag.PixelData).orElseThrow().value();
    byte[] table = (byte[]) fragments.getFirst();
    assertThat(fragments).hasSize(4);
    int second = 8 + ((byte[]) fragments.get(1)).length;
    assertThat(ByteOrder.int32(table, 0, false)).isZero();
    assertThat(ByteOrder.int32(table, 4, false)).isEqualTo(second);
    assertThat(ByteOrder.int32(table, 8, false))
        .isEqualTo(second + 8 + ((byte[]) fragments.get(2)).length);
    assertThat(rle.dataSet().getInt(Tag.NumberOfFrames, 0)).isEqualTo(3);
  }

  @Test
  void givenAnyObject_whenTranscoded_thenItsFileMetaInformationIsOurs() throws IOException {
    byte[] source = Made.file(Made.dataSet(Made.GREY, 1), UID.ExplicitVRLittleEndian);

    Attributes meta = Made.meta(Transcoding.of(source, UID.RLELossless, scratch).file());

    assertThat(meta.getString(Tag.TransferSyntaxUID)).contains(UID.RLELossless);
    assertThat(meta.getString(Tag.MediaStorageSOPInstanceUID)).contains("1.2.3.4");
    assertThat(meta.getString(Tag.ImplementationClassUID))
        .contains(FileMeta.IMPLEMENTATION_CLASS_UID);
  }

  @Test
  void givenBigEndianWithPrivateWords_whenEncoded_thenTheyAreInTheOtherOrder() throws IOException {
    Attributes dataSet = new Attributes(true);
    Made.dataSet(Made.GREY, 2)
        .forEach(element -> {
          byte[] value = (byte[]) element.value();
          boolean swap = element.vr().unit() > 1;
          dataSet.set(
              element.tag(),
              element.vr(),
              swap ? ByteOrder.swapped(value, element.vr().unit()) : value);
        });
    dataSet.setString(0x00090010, VR.LO, "ACME");
    dataSet.set(0x00091001, VR.OW, new byte[] {1, 2, 3, 4});
    dataSet.set(0x00091002, VR.OB, new byte[] {1, 2});
    byte[] source = Made.file(dataSet, UID.ExplicitVRBigEndian);

    Transcoding rle = Transcoding.of(source, UID.RLELossless, scratch);

    assertThat(rle.dataSet().getBytes(0x00091001)).contains(new byte[] {2, 1, 4, 3});
    assertThat(rle.dataSet().getBytes(0x00091002)).contains(new byte[] {1, 2});
    assertThat(rle.dataSet().getInt(Tag.BitsStored, 0)).isEqualTo(12);
    assertThat(Made.samples(rle.file(), 2).value(1, 0))
        .isEqualTo(Made.samples(source, 2).value(1, 0));
  }

  @Test
  void givenADeflatedObject_whenEncoded_thenEveryFrameIsThere() throws IOException {
    Attributes dataSet = Made.dataSet(Made.GREY, 3);
    byte[] plain = Made.file(dataSet, UID.ExplicitVRLittleEndian);
    byte[] deflated = Made.file(dataSet, UID.DeflatedExplicitVRLittleEndian);

    assertThat(Transcoding.of(deflated, UID.RLELossless, scratch).file())
        .isEqualTo(Transcoding.of(plain, UID.RLELossless, scratch).file());
  }

  @Test
  void givenFewerFramesThanPromised_whenTranscoded_thenNumberOfFramesIsRight() throws IOException {
    Attributes dataSet = Made.dataSet(Made.GREY, 2).setInt(Tag.NumberOfFrames, 5);
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    Transcoding rle = Transcoding.of(source, UID.RLELossless, scratch);

    assertThat(rle.dataSet().getInt(Tag.NumberOfFrames, 0)).isEqualTo(2);
    assertThat(rle.said().remarks()).containsExactly("Number of Frames was 5, and there are 2");
  }

  @Test
  void givenSignedSamples_whenDecoded_thenUnusedBitsHaveTheSign() throws IOException {
    ImageDescription image =
        new ImageDescription(5, 7, Photometric.MONOCHROME2, 16, 12, 11, true, false);
    byte[] source = Made.file(Made.dataSet(image, 1), UID.ExplicitVRLittleEndian);
    byte[] jls = Transcoding.of(source, UID.JPEGLSLossless, scratch).file();

    byte[] words =
        Transcoding.of(jls, UID.ExplicitVRLittleEndian, scratch)
            .dataSet()
            .getBytes(Tag.PixelData)
            .orElseThrow();

    Samples before = Made.samples(source, 1);
    for (int pixel = 0; pixel < image.pixels(); pixel++) {
      assertThat((short) ByteOrder.uint16(words, 2 * pixel, false))
          .isEqualTo((short) before.value(pixel, 0));
    }
  }

  @Test
  void givenDigitalSignatures_whenEncoded_thenTheyAreLeftOutAndSaidToBe() throws IOException {
    Attributes dataSet = Made.dataSet(Made.GREY, 1);
    dataSet.newSequence(Tag.MACParametersSequence).addItem().setInt(0x04000005, VR.US, 1);
    dataSet.newSequence(Tag.DigitalSignaturesSequence).addItem().setInt(0x04000005, VR.US, 1);
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    Transcoding rle = Transcoding.of(source, UID.RLELossless, scratch);
    Transcoding implicit = Transcoding.of(source, UID.ImplicitVRLittleEndian, scratch);

    assertThat(rle.dataSet().contains(Tag.DigitalSignaturesSequence)).isFalse();
    assertThat(rle.dataSet().contains(Tag.MACParametersSequence)).isFalse();
    assertThat(rle.said().remarks()).singleElement().asString().contains("signatures");
    assertThat(implicit.dataSet().contains(Tag.DigitalSignaturesSequence)).isTrue();
  }

  @Test
  void givenAnObjectWithoutPixels_whenItIsNotCompressed_thenItIsRewritten() throws IOException {
    Attributes report = Made.dataSet(Made.GREY, 1).remove(Tag.PixelData);
    byte[] source = Made.file(report, UID.JPEG2000Lossless);

    Transcoding implicit = Transcoding.of(source, UID.ImplicitVRLittleEndian, scratch);

    assertThat(implicit.said().frames()).isZero();
    assertThat(implicit.dataSet().getString(Tag.SOPInstanceUID)).contains("1.2.3.4");
  }

  @Test
  void givenTheSameSyntaxWithoutLoss_thenCodestreamsStayAsTheyAre() throws IOException {
    byte[] source = Made.file(Made.dataSet(Made.GREY, 2), UID.ExplicitVRLittleEndian);
    byte[] rle = Transcoding.of(source, UID.RLELossless, scratch).file();

    Transcoding again = Transcoding.of(rle, UID.RLELossless, scratch);

    assertThat(again.file()).isEqualTo(rle);
    assertThat(again.said().frames()).isEqualTo(2);
  }

  @Test
  void givenFramesThatWait_thenNoFileIsLeftEvenIfTheProcessIsKilled() throws IOException {
    try (Spool spool = new Spools(scratch, SpoolRoom.ofEach(100)).open()) {
      spool.append(new byte[] {1, 2, 3});

      assertThat(spool.open(1, 2).readAllBytes()).containsExactly(2, 3);
      try (Stream<Path> files = Files.list(scratch)) {
        assertThat(files).isEmpty();
      }
    }
  }
}
