package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/** Compressed pixel data within items (PS3.5 A.4, PS3.3 C.7.6.1.1.6). */
class NestedPixelsTest {
  private static final int PRIVATE = 0x00091001;
  private static final ImageDescription ICON =
      new ImageDescription(4, 6, Photometric.MONOCHROME2, 8, 8, 7, false, false);

  @TempDir Path scratch;
  private Attributes dataSet;
  private byte[] iconFrame;

  @BeforeEach
  void compress() throws IOException {
    byte[] icon = Made.file(Made.dataSet(ICON, 1), UID.ExplicitVRLittleEndian);
    Fragments fragments =
        (Fragments)
            Transcoding.of(icon, UID.RLELossless, scratch)
                .dataSet()
                .element(Tag.PixelData)
                .orElseThrow()
                .value();
    iconFrame = (byte[]) fragments.get(1);
    byte[] source = Made.file(Made.dataSet(Made.GREY, 2), UID.ExplicitVRLittleEndian);
    dataSet = Transcoding.of(source, UID.RLELossless, scratch).dataSet();
  }

  private static void nest(Attributes into, int tag, byte[] frame) {
    nest(into.newSequence(tag).addItem(), ICON, frame);
  }

  private static void nest(Attributes item, ImageDescription image, byte[] frame) {
    for (Element element : Made.encapsulated(image, frame)) {
      if (element.value() instanceof Fragments fragments) {
        item.set(element.tag(), element.vr(), fragments);
      } else if (Tag.group(element.tag()) == 0x28) {
        item.set(element.tag(), element.vr(), (byte[]) element.value());
      }
    }
  }

  private Transcoding decoded() throws IOException {
    return Transcoding.of(Made.file(dataSet, UID.RLELossless), UID.ExplicitVRLittleEndian, scratch);
  }

  @Test
  void givenACompressedIcon_thenItIsNotCompressedAnyMore() throws IOException {
    nest(dataSet, Tag.IconImageSequence, iconFrame);

    Transcoding plain = decoded();
    Transcoding other =
        Transcoding.of(Made.file(dataSet, UID.RLELossless), UID.JPEGLSLossless, scratch);

    byte[] expected = Made.dataSet(ICON, 1).getBytes(Tag.PixelData).orElseThrow();
    for (Transcoding one : new Transcoding[] {plain, other}) {
      Attributes icon = one.dataSet().getItem(Tag.IconImageSequence).orElseThrow();
      assertThat(icon.getBytes(Tag.PixelData)).contains(expected);
      assertThat(icon.vrOf(Tag.PixelData)).contains(VR.OB);
      assertThat(one.said().remarks()).isEmpty();
    }
  }

  @Test
  void givenACorruptIcon_thenItIsLeftOutAndSaidToBe() throws IOException {
    nest(dataSet, Tag.IconImageSequence, new byte[10]);

    Transcoding plain = decoded();

    assertThat(plain.dataSet().contains(Tag.IconImageSequence)).isFalse();
    assertThat(plain.said().remarks())
        .singleElement()
        .asString()
        .contains("(0088,0200) was left out: RLE has");
  }

  @Test
  void givenAnIconOfSeveralFramesOrOfFarTooManyBytes_thenItIsLeftOut() throws IOException {
    nest(dataSet, Tag.IconImageSequence, iconFrame);
    dataSet.getItem(Tag.IconImageSequence).orElseThrow().setInt(Tag.NumberOfFrames, 2);
    assertThat(decoded().dataSet().contains(Tag.IconImageSequence)).isFalse();

    nest(dataSet, Tag.IconImageSequence, new byte[(32 << 20) + 2]);
    assertThat(decoded().said().remarks())
        .singleElement()
        .asString()
        .endsWith("it has 33554434 bytes");
  }

  @Test
  void givenManyItemsOfManyPixels_thenThoseBeyond16MbInAllAreLeftOut() throws IOException {
    // 9 MB each, of runs of 128 zeros.
    ImageDescription large =
        new ImageDescription(3000, 3000, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    byte[] coded = new byte[64 + 2 * (3000 * 3000 / 128 + 1)];
    coded[0] = 1;
    coded[4] = 64;
    for (int run = 64; run < coded.length; run += 2) {
      coded[run] = -127;
    }
    dataSet.setString(0x00090010, VR.LO, "ACME");
    Sequence items = dataSet.newSequence(PRIVATE);
    for (int i = 0; i < 3; i++) {
      nest(items.addItem(), large, coded);
    }
    nest(items.addItem(), ICON, iconFrame);

    Transcoding plain = decoded();

    assertThat((Sequence) plain.dataSet().element(PRIVATE).orElseThrow().value())
        .extracting(item -> item.getBytes(Tag.PixelData).map(pixels -> pixels.length).orElse(0))
        .containsExactly(3000 * 3000, 0, 0, 24);
    assertThat(plain.said().remarks()).hasSize(2).allMatch(said -> said.endsWith("than 16 MB"));
  }

  @Test
  void givenPrivateItemsWithinItems_thenTheirPixelsAreDecodedOrLeftOut() throws IOException {
    dataSet.setString(0x00090010, VR.LO, "ACME");
    Attributes outer = dataSet.newSequence(PRIVATE).addItem();
    outer.setString(0x00090010, VR.LO, "ACME");
    nest(outer, PRIVATE, iconFrame);
    nest(outer, Tag.ReferencedImageSequence, new byte[10]);

    Attributes item = decoded().dataSet().getItem(PRIVATE).orElseThrow();

    assertThat(item.getItem(PRIVATE).orElseThrow().getBytes(Tag.PixelData)).isPresent();
    Attributes broken = item.getItem(Tag.ReferencedImageSequence).orElseThrow();
    assertThat(broken.contains(Tag.PixelData)).isFalse();
    assertThat(broken.getInt(Tag.Rows, 0)).isEqualTo(4);
  }
}
