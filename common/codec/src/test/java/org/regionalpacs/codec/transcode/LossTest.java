package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/** What is said of loss: PS3.3 C.7.6.1.1.2, C.7.6.1.1.5, C.12.4.1. */
class LossTest {
  private static final Target NEAR =
      new Target(UID.JPEGLSNearLossless, EncoderOptions.of(new Quality.Near(2)));

  @TempDir Path scratch;

  @BeforeEach
  void needsCharls() {
    assumeTrue(
        ForeignCodecs.encoder(UID.JPEGLSNearLossless).isPresent(),
        () -> ForeignCodecs.availability().toString());
  }

  private Attributes compressed(Attributes dataSet) throws IOException {
    return Transcoding.of(Made.file(dataSet, UID.ExplicitVRLittleEndian), NEAR, scratch).dataSet();
  }

  @Test
  void givenLoss_thenTheImageIsAnotherOneDerivedFromTheFirst() throws IOException {
    Attributes dataSet =
        Made.dataSet(Made.GREY, 2)
            .setString(Tag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
            .setInt(Tag.SmallestImagePixelValue, VR.US, 1)
            .setInt(Tag.LargestImagePixelValue, VR.US, 90);
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    Transcoding near = Transcoding.of(source, NEAR, scratch);

    Attributes derived = near.dataSet();
    String uid = derived.getString(Tag.SOPInstanceUID, "");
    assertThat(UID.isValid(uid)).isTrue();
    assertThat(uid).startsWith("2.25.").isEqualTo(near.said().sopInstanceUid());
    assertThat(Made.meta(near.file()).getString(Tag.MediaStorageSOPInstanceUID)).contains(uid);
    assertThat(near.said().lossy()).isTrue();
    assertThat(derived.getStrings(Tag.ImageType)).containsExactly("DERIVED", "PRIMARY", "AXIAL");
    assertThat(derived.getString(Tag.LossyImageCompression)).contains("01");
    assertThat(derived.getStrings(Tag.LossyImageCompressionMethod)).containsExactly("ISO_14495_1");
    assertThat(derived.getDouble(Tag.LossyImageCompressionRatio, 0)).isBetween(0.2, 20.0);
    assertThat(derived.getString(Tag.DerivationDescription, ""))
        .matches("Lossy compression ISO_14495_1 [0-9.]+:1");
    assertThat(derived.getItem(Tag.DerivationCodeSequence).orElseThrow().getString(Tag.CodeValue))
        .contains("113040");
    Attributes reference = derived.getItem(Tag.SourceImageSequence).orElseThrow();
    assertThat(reference.getString(Tag.ReferencedSOPInstanceUID)).contains("1.2.3.4");
    assertThat(reference.getString(Tag.ReferencedSOPClassUID))
        .contains(UID.SecondaryCaptureImageStorage);
    assertThat(
            reference
                .getItem(Tag.PurposeOfReferenceCodeSequence)
                .orElseThrow()
                .getString(Tag.CodeValue))
        .contains("121320");
    assertThat(derived.contains(Tag.SmallestImagePixelValue)).isFalse();
    assertThat(derived.contains(Tag.LargestImagePixelValue)).isFalse();
  }

  @Test
  void givenTheSameConversionTwice_thenItIsTheSameObject_andWithOtherOptionsAnother()
      throws IOException {
    byte[] source = Made.file(Made.dataSet(Made.GREY, 1), UID.ExplicitVRLittleEndian);
    Target nearer = new Target(UID.JPEGLSNearLossless, EncoderOptions.of(new Quality.Near(1)));

    Transcoding once = Transcoding.of(source, NEAR, scratch);
    Transcoding again = Transcoding.of(source, NEAR, scratch);
    Transcoding other = Transcoding.of(source, nearer, scratch);

    assertThat(again.file()).isEqualTo(once.file());
    assertThat(other.said().sopInstanceUid()).isNotEqualTo(once.said().sopInstanceUid());
  }

  @Test
  void givenLossBefore_thenMethodsAndRatiosAreAddedInOrder() throws IOException {
    Attributes dataSet =
        Made.dataSet(Made.GREY, 1)
            .setString(Tag.LossyImageCompression, "01")
            .setString(Tag.LossyImageCompressionMethod, "ISO_10918_1", "ISO_15444_1")
            .setString(Tag.LossyImageCompressionRatio, "8.5");

    Attributes derived = compressed(dataSet);

    assertThat(derived.getStrings(Tag.LossyImageCompressionMethod))
        .containsExactly("ISO_10918_1", "ISO_15444_1", "ISO_14495_1");
    assertThat(derived.getStrings(Tag.LossyImageCompressionRatio))
        .hasSize(3)
        .startsWith("8.5", "")
        .last()
        .asString()
        .matches("[0-9]+\\.[0-9]{2}");
  }

  @Test
  void givenLossBefore_whenNothingMoreIsLost_thenItIsStillSaid() throws IOException {
    Attributes dataSet =
        Made.dataSet(Made.GREY, 1)
            .setString(Tag.LossyImageCompression, "01")
            .setString(Tag.LossyImageCompressionMethod, "ISO_10918_1");
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    Transcoding rle = Transcoding.of(source, UID.RLELossless, scratch);

    assertThat(rle.dataSet().getString(Tag.LossyImageCompression)).contains("01");
    assertThat(rle.dataSet().getStrings(Tag.LossyImageCompressionMethod)).hasSize(1);
    assertThat(rle.said().sopInstanceUid()).isEqualTo("1.2.3.4");
    assertThat(rle.said().lossy()).isFalse();
  }

  @Test
  void givenDctThatDoesNotSaySo_whenDecoded_thenItIsSaidOfTheSameObject() throws IOException {
    ImageDescription image =
        new ImageDescription(16, 24, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(24, 16, BufferedImage.TYPE_BYTE_GRAY), "jpeg", jpeg);
    Attributes dataSet =
        Made.encapsulated(image, jpeg.toByteArray()).setString(Tag.LossyImageCompression, "00");
    byte[] source = Made.file(dataSet, UID.JPEGBaseline8Bit);

    Transcoding decoded = Transcoding.of(source, UID.ExplicitVRLittleEndian, scratch);

    assertThat(decoded.dataSet().getString(Tag.LossyImageCompression)).contains("01");
    assertThat(decoded.dataSet().getString(Tag.LossyImageCompressionMethod))
        .contains("ISO_10918_1");
    assertThat(decoded.dataSet().getDouble(Tag.LossyImageCompressionRatio, 0))
        .isCloseTo(16.0 * 24 / (jpeg.size() + jpeg.size() % 2), within(0.01));
    assertThat(decoded.said().sopInstanceUid()).isEqualTo("1.2.3.4");
    assertThat(decoded.said().lossy()).isFalse();
  }

  @Test
  void givenADerivationBefore_thenItsTextKeepsItsBytesAndCodesAreNotRepeated() throws IOException {
    byte[] text = "schärfer ".getBytes(StandardCharsets.ISO_8859_1);
    Attributes dataSet = Made.dataSet(Made.GREY, 1);
    dataSet.setBytes(Tag.DerivationDescription, VR.ST, text);
    dataSet
        .newSequence(Tag.DerivationCodeSequence)
        .addItem()
        .setString(Tag.CodeValue, "113040")
        .setString(Tag.CodingSchemeDesignator, "DCM");
    dataSet.newSequence(Tag.SourceImageSequence).addItem();

    Attributes derived = compressed(dataSet);

    assertThat(
            new String(
                derived.getBytes(Tag.DerivationDescription).orElseThrow(),
                StandardCharsets.ISO_8859_1))
        .startsWith("schärfer; Lossy compression ");
    assertThat(derived.getSequence(Tag.DerivationCodeSequence).orElseThrow()).hasSize(1);
    assertThat(derived.getSequence(Tag.SourceImageSequence).orElseThrow()).hasSize(2);
  }

  @Test
  void givenFramesWithATypeOfTheirOwn_thenTheyAreDerivedToo() throws IOException {
    Attributes dataSet = Made.dataSet(Made.GREY, 2);
    Attributes frame = dataSet.newSequence(Tag.PerFrameFunctionalGroupsSequence).addItem();
    // CT Image Frame Type Sequence (PS3.3 C.8.15.3.1).
    frame.newSequence(0x00189329).addItem().setString(Tag.FrameType, "ORIGINAL", "PRIMARY");

    Attributes derived = compressed(dataSet);

    assertThat(
            derived
                .getItem(Tag.PerFrameFunctionalGroupsSequence)
                .flatMap(item -> item.getItem(0x00189329))
                .map(item -> item.getStrings(Tag.FrameType)))
        .contains(List.of("DERIVED", "PRIMARY"));
    assertThat(derived.getStrings(Tag.ImageType)).containsExactly("DERIVED", "SECONDARY");
  }
}
