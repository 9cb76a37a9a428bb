package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.CharsetFallback;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;

class OpenedImageTest {

  private static OpenedImage open(Attributes image, CharsetFallback charsets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String sop = image.getString(Tag.SOPInstanceUID, "");
    DicomOutputStream.writeFile(
        FileMeta.of(UID.CTImageStorage, sop, UID.ExplicitVRLittleEndian), image, out);
    ByteSource bytes = ByteSource.of(out.toByteArray());
    return OpenedImage.of(bytes, PixelFrames.of(bytes), charsets);
  }

  @Test
  void givenATenantsCharacterSet_thenNamesAreReadByIt() throws IOException {
    Attributes image =
        SampleObjects.newStudy()
            .image(1)
            .remove(Tag.SpecificCharacterSet)
            .setBytes(Tag.PatientName, VR.PN, "诸葛^亮".getBytes(Charset.forName("GBK")));

    OpenedImage opened = open(image, CharsetFallback.DEFAULT.withWhenAbsent("GBK"));

    assertThat(opened.header().getString(Tag.PatientName)).hasValue("诸葛^亮");
  }

  @Test
  void givenAnImage_thenOnlyWhatRenderingNeedsIsInMemory() throws IOException {
    Attributes image =
        SampleObjects.newStudy()
            .image(1)
            .setBytes(Tag.AudioSampleData, VR.OW, new byte[1 << 20])
            .setBytes(Tag.RedPaletteColorLookupTableData, VR.OW, new byte[1 << 17]);

    OpenedImage opened = open(image, CharsetFallback.DEFAULT);

    assertThat(opened.header().contains(Tag.AudioSampleData)).isFalse();
    assertThat(opened.header().contains(Tag.PixelData)).isFalse();
    assertThat(opened.header().getBytes(Tag.RedPaletteColorLookupTableData)).isPresent();
    int pixels = SampleObjects.SIZE * SampleObjects.SIZE;
    assertThat(opened.working(1)).isEqualTo(pixels * 2 + pixels);
    assertThat(opened.read(1)).isEqualTo(image.getBytes(Tag.PixelData).orElseThrow());
  }

  @Test
  void givenFloatPixelData_thenItIsSaidNotToBeRendered() {
    Attributes image = SampleObjects.newStudy().image(1).remove(Tag.PixelData);
    image.setBytes(Tag.FloatPixelData, VR.OF, new byte[4 * 256]);

    assertThatThrownBy(() -> open(image, CharsetFallback.DEFAULT))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("Float");
  }

  @Test
  void givenCoefficientsOf12Bits_thenTheyAreCountedToo() throws IOException {
    Path extended = Testdata.path("dicom-test-files/JPLY/MR1_JPLY.dcm");
    Path lossless = Testdata.path("dicom-test-files/JPLL/MR1_JPLL.dcm");
    long pixels = 512 * 512;

    assertThat(decoding(extended)).isEqualTo(pixels * 2 + pixels * 2 + pixels);
    assertThat(decoding(lossless)).isEqualTo(pixels * 2 + pixels);
  }

  /** Bytes besides those of the frame itself. */
  private static long decoding(Path file) throws IOException {
    ByteSource bytes = ByteSource.of(file);
    PixelFrames frames = PixelFrames.of(bytes);
    OpenedImage opened = OpenedImage.of(bytes, frames, CharsetFallback.DEFAULT);
    return opened.working(1) - frames.length(1);
  }
}
