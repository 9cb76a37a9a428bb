package org.regionalpacs.consumer.converter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.codec.transcode.Target;
import org.regionalpacs.codec.transcode.Transcoder;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.test.SampleObjects;

class SameSamplesTest {
  private static final int FRAME = SampleObjects.SIZE * SampleObjects.SIZE * 2;

  @TempDir Path folder;

  private final SameSamples samples = new SameSamples(Codecs.inJava());

  @ParameterizedTest
  @ValueSource(strings = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian, UID.RLELossless})
  void oneSampleThatDiffersIsFound(String syntax) throws Exception {
    ByteSource original = file(2, 0);

    assertThatCode(() -> samples.require(original, encoded(file(2, 0), syntax)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> samples.require(original, encoded(file(2, 1), syntax)))
        .isInstanceOf(UselessRenditionException.class)
        .hasMessageStartingWith("frame 2 differs");
  }

  @Test
  void aFrameThatIsMissingIsFound() throws Exception {
    assertThatThrownBy(() -> samples.require(file(2, 0), encoded(file(1, 0), UID.RLELossless)))
        .isInstanceOf(UselessRenditionException.class)
        .hasMessage("it has 1 frames instead of 2");
  }

  @Test
  void overlaysInTheBitsOfPixelsAreWhereTheOriginalSays() throws Exception {
    Attributes before = image(1, 0).setInt(Tag.OverlayBitsAllocated, 16);
    Attributes after = image(1, 0).setInt(Tag.OverlayBitsAllocated, 1);
    assertThatThrownBy(() -> ShownAlike.require(file(before), file(after)))
        .isInstanceOf(UselessRenditionException.class)
        .hasMessageContaining("16 in the original and would be 1");
    assertThatCode(() -> ShownAlike.require(file(before), file(before))).doesNotThrowAnyException();
  }

  private ByteSource encoded(ByteSource part10, String syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Transcoder(Codecs.inJava(), folder).transcode(part10, Target.lossless(syntax), out);
    return ByteSource.of(out.toByteArray());
  }

  private static ByteSource file(int frames, int change) throws IOException {
    return file(image(frames, change));
  }

  /** The last sample is greater by the change. */
  private static Attributes image(int frames, int change) {
    byte[] pixels = new byte[frames * FRAME];
    pixels[pixels.length - 2] = (byte) (7 + change);
    return SampleObjects.newStudy()
        .image(1)
        .setInt(Tag.NumberOfFrames, frames)
        .setBytes(Tag.PixelData, VR.OW, pixels);
  }

  private static ByteSource file(Attributes image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Attributes meta =
        FileMeta.of(
            UID.CTImageStorage,
            image.getString(Tag.SOPInstanceUID, ""),
            UID.ExplicitVRLittleEndian);
    DicomOutputStream.writeFile(meta, image, out);
    return ByteSource.of(out.toByteArray());
  }
}
