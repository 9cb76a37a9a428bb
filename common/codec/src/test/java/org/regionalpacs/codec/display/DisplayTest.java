package org.regionalpacs.codec.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.Images;
import org.regionalpacs.codec.Shown;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

class DisplayTest {

  private static int[] show(Attributes image, int... numbers) throws CodecException {
    return show(image, Optional.empty(), numbers);
  }

  private static int[] show(Attributes image, Optional<Window> window, int... numbers)
      throws CodecException {
    FrameAttributes frame = new FrameAttributes(image, 1);
    Shown shown = Shown.of(Display.show(Images.samples(image, numbers), frame, window));
    int[] levels = new int[shown.levels().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = shown.levels()[i] & 0xFF;
    }
    return levels;
  }

  private static Attributes words(Attributes item, int descriptorTag, int dataTag, int... entries) {
    return item.setInt(descriptorTag, VR.US, entries.length, 0, 16).setInt(dataTag, VR.US, entries);
  }

  /** Expected levels are those of the formulas, worked out by hand. */
  @ParameterizedTest(name = "{3} {0}")
  @CsvSource({
    "LINEAR, 100, 51, PS3.3 C.11.2.1.2.1, 0, 3, 130, 255",
    "LINEAR_EXACT, 100, 50, PS3.3 C.11.2.1.3.2, 0, 0, 128, 255",
    "SIGMOID, 100, 50, PS3.3 C.11.2.1.3.1, 0, 30, 128, 225"
  })
  void givenAWindow_thenItsFunctionIsApplied(
      String function, double center, double width, String section, int a, int b, int c, int d)
      throws CodecException {
    Window window = new Window(center, width, VoiFunction.valueOf(function));
    Attributes image = Images.row(4, "MONOCHROME2", 8, 8);

    assertThat(show(image, Optional.of(window), 0, 75, 100, 125)).containsExactly(a, b, c, d);
  }

  @Test
  void givenNoWindow_thenFromTheLeastValueToTheGreatest() throws CodecException {
    assertThat(show(Images.row(3, "MONOCHROME2", 16, 12), 100, 150, 300))
        .containsExactly(0, 64, 255);
    assertThat(show(Images.row(2, "MONOCHROME2", 16, 12), 7, 7)).containsExactly(0, 0);
    assertThat(show(Images.row(2, "MONOCHROME2", 1, 1), 3)).containsExactly(255, 255);
  }

  @Test
  void givenPadding_thenItIsBlackAndDoesNotWidenTheRange() throws CodecException {
    Attributes image = Images.row(4, "MONOCHROME2", 16, 16);
    image.setInt(Tag.PixelPaddingValue, VR.US, 60000);

    assertThat(show(image, 60000, 0, 50, 100)).containsExactly(0, 0, 128, 255);
    image.setInt(Tag.PixelPaddingRangeLimit, VR.US, 60009);
    assertThat(show(image, 60008, 0, 50, 100)).containsExactly(0, 0, 128, 255);
    image.setString(Tag.PhotometricInterpretation, "MONOCHROME1");
    assertThat(show(image, 60008, 0, 50, 100)).containsExactly(0, 255, 128, 0);
  }

  @Test
  void givenAPresentationThatInverts_thenBlackIsWhite() throws CodecException {
    Attributes image = Images.row(2, "MONOCHROME2", 8, 8);
    image.setString(Tag.PresentationLUTShape, "INVERSE");

    assertThat(show(image, 0, 10)).containsExactly(255, 0);
    assertThat(show(Images.row(2, "MONOCHROME1", 8, 8), 0, 10)).containsExactly(255, 0);
  }

  @Test
  void givenRescaleAndWindow_thenTheWindowIsOverRescaledValues() throws CodecException {
    Attributes image =
        Images.row(3, "MONOCHROME2", 16, 12)
            .setDouble(Tag.RescaleSlope, 2)
            .setDouble(Tag.RescaleIntercept, -1000)
            .setDouble(Tag.WindowCenter, 0.5)
            .setDouble(Tag.WindowWidth, 201);

    assertThat(show(image, 450, 500, 550)).containsExactly(0, 128, 255);
  }

  @Test
  void givenAModalityTable_thenItIsUsedInPlaceOfRescale() throws CodecException {
    Attributes image = Images.row(3, "MONOCHROME2", 8, 8).setDouble(Tag.RescaleSlope, 9);
    Attributes item = new Attributes();
    image.newSequence(Tag.ModalityLUTSequence).add(item);
    words(item, Tag.LUTDescriptor, Tag.LUTData, 1000, 1500, 2000);

    assertThat(show(image, 0, 1, 200)).containsExactly(0, 128, 255);
  }

  @Test
  void givenAVoiTable_thenItsEntriesAreFractionsOfItsBits() throws CodecException {
    Attributes image = Images.row(3, "MONOCHROME2", 8, 8).setDouble(Tag.WindowWidth, 1);
    Attributes item = new Attributes();
    image.newSequence(Tag.VOILUTSequence).add(item);
    words(item, Tag.LUTDescriptor, Tag.LUTData, 0xFFFF, 0x8000, 0);

    assertThat(show(image, 0, 1, 2)).containsExactly(255, 128, 0);
    Window window = new Window(1, 2, VoiFunction.LINEAR_EXACT);
    assertThat(show(image, Optional.of(window), 0, 1, 2)).containsExactly(0, 128, 255);
  }

  @Test
  void givenAWindowThatCanNotBe_thenItIsPassedOver() throws CodecException {
    Attributes image =
        Images.row(2, "MONOCHROME2", 8, 8)
            .setString(Tag.WindowCenter, "NaN")
            .setString(Tag.WindowWidth, "0")
            .setString(Tag.RescaleSlope, "0");

    assertThat(show(image, 5, 6)).containsExactly(0, 255);
    assertThatThrownBy(() -> new Window(1, 0.5, VoiFunction.LINEAR))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenFunctionalGroups_thenTheFramesOwnComeBeforeThoseOfAll() throws CodecException {
    Attributes image = Images.row(2, "MONOCHROME2", 8, 8).setDouble(Tag.WindowWidth, 1000);
    image.newSequence(Tag.SharedFunctionalGroupsSequence).add(group(10, 10));
    assertThat(show(image, 5, 15)).containsExactly(0, 255);
    image.newSequence(Tag.PerFrameFunctionalGroupsSequence).add(group(15, 20));
    assertThat(show(image, 5, 15)).containsExactly(0, 128);
  }

  private static Attributes group(double center, double width) {
    Attributes group = new Attributes();
    group
        .newSequence(Tag.FrameVOILUTSequence)
        .add(
            new Attributes()
                .setDouble(Tag.WindowCenter, center)
                .setDouble(Tag.WindowWidth, width)
                .setString(Tag.VOILUTFunction, "LINEAR_EXACT"));
    return group;
  }

  @Test
  void givenSegmentedPalettes_thenTheyAreExpanded() throws CodecException {
    Attributes image = Images.row(5, "PALETTE COLOR", 8, 8);
    for (int tag :
        new int[] {
          Tag.RedPaletteColorLookupTableDescriptor,
          Tag.GreenPaletteColorLookupTableDescriptor,
          Tag.BluePaletteColorLookupTableDescriptor
        }) {
      image.setInt(tag, VR.US, 5, 0, 16);
    }
    // PS3.3 C.7.9.2: discrete, linear, and the first segment again.
    segments(image, Tag.SegmentedRedPaletteColorLookupTableData, 0, 1, 0, 1, 4, 0xFF00);
    segments(image, Tag.SegmentedGreenPaletteColorLookupTableData, 0, 5, 0, 0x0100, 0, 0, 0x0200);
    segments(
        image,
        Tag.SegmentedBluePaletteColorLookupTableData,
        0,
        2,
        0x0300,
        0x0400,
        2,
        1,
        0,
        0,
        1,
        1,
        0x0500);

    assertThat(show(image, 0, 1, 2, 3, 4))
        .containsExactly(0, 0, 3, 63, 1, 4, 127, 0, 3, 191, 0, 4, 255, 2, 5);
  }

  /** PS3.3 C.7.9.2.3: the offset of what is repeated is in bytes, also where entries are words. */
  @ParameterizedTest(name = "{0} bits, big endian {1}")
  @CsvSource({"16, false", "8, false", "8, true"})
  void givenASegmentThatIsRepeated_thenItIsFoundByItsOffset(int bits, boolean bigEndian)
      throws CodecException {
    Attributes image =
        new Attributes(bigEndian)
            .setString(Tag.PhotometricInterpretation, "PALETTE COLOR")
            .setInt(Tag.Rows, 1)
            .setInt(Tag.Columns, 4)
            .setInt(Tag.BitsAllocated, 8);
    int[][] tags = {
      {Tag.RedPaletteColorLookupTableDescriptor, Tag.SegmentedRedPaletteColorLookupTableData},
      {Tag.GreenPaletteColorLookupTableDescriptor, Tag.SegmentedGreenPaletteColorLookupTableData},
      {Tag.BluePaletteColorLookupTableDescriptor, Tag.SegmentedBluePaletteColorLookupTableData}
    };
    int up = bits - 8;
    int[] words = {0, 1, 10 << up, 0, 2, 20 << up, 30 << up, 2, 1, 6, 0};
    byte[] bytes = {0, 1, 10, 0, 2, 20, 30, 2, 1, 3, 0, 0, 0, 0};
    if (bigEndian) {
      bytes = new byte[] {1, 0, 0, 10, 20, 2, 2, 30, 3, 1, 0, 0, 0, 0};
    }
    for (int[] tag : tags) {
      image.setInt(tag[0], VR.US, 5, 0, bits);
      if (bits == 8) {
        image.setBytes(tag[1], VR.OW, bytes);
      } else {
        segments(image, tag[1], words);
      }
    }

    assertThat(show(image, 0, 1, 2, 3))
        .containsExactly(10, 10, 10, 20, 20, 20, 30, 30, 30, 20, 20, 20);
  }

  /** PS3.3 C.11.2.1.1: what a modality table gives is unsigned, whatever it was given. */
  @Test
  void givenAVoiTableBehindAModalityTable_thenItsFirstInputIsUnsigned() throws CodecException {
    Attributes image = Images.row(2, "MONOCHROME2", 16, 16).setInt(Tag.PixelRepresentation, 1);
    Attributes modality = new Attributes();
    image.newSequence(Tag.ModalityLUTSequence).add(modality);
    words(modality, Tag.LUTDescriptor, Tag.LUTData, 40000, 40001);
    Attributes voi = new Attributes();
    image.newSequence(Tag.VOILUTSequence).add(voi);
    voi.setInt(Tag.LUTDescriptor, VR.US, 2, 40000, 16).setInt(Tag.LUTData, VR.US, 0x8000, 0xFFFF);

    assertThat(show(image, 0, 1)).containsExactly(128, 255);
  }

  private static void segments(Attributes image, int tag, int... words) {
    image.setInt(tag, VR.US, words);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a reference to itself, 2 1 0 0",
    "a linear one first, 1 2 5",
    "cut off, 0 9 1",
    "unknown, 7 1 1"
  })
  void givenSegmentsThatCanNotBe_thenAClearException(String name, String words) {
    Attributes image = Images.row(1, "PALETTE COLOR", 8, 8);
    image.setInt(Tag.RedPaletteColorLookupTableDescriptor, VR.US, 5, 0, 16);
    int[] numbers = java.util.Arrays.stream(words.split(" ")).mapToInt(Integer::parseInt).toArray();
    segments(image, Tag.SegmentedRedPaletteColorLookupTableData, numbers);

    assertThatThrownBy(() -> show(image, 0)).isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void givenYbr_thenItBecomesRgb() throws CodecException {
    assertThat(show(Images.row(2, "YBR_FULL", 8, 8), 76, 85, 255, 128, 128, 128))
        .containsExactly(254, 0, 0, 128, 128, 128);
  }

  @Test
  void givenColorOf16Bits_thenItsUpperByteIsShown() throws CodecException {
    assertThat(show(Images.row(1, "RGB", 16, 12), 0xF00, 0x800, 0x001))
        .containsExactly(240, 128, 0);
  }
}
