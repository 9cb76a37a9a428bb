package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;

/** A reader opens studies of images in the viewer; what it showed is in {@code target}. */
class OhifIT {
  private static ReadingRoom room;
  private static String demo;

  @BeforeAll
  static void sendAStudy() throws Exception {
    room = ReadingRoom.open();
    demo =
        PacsProcess.run("demo", "--count=12", "--seed=7", "--data", room.product().data()).output();
  }

  @Test
  void givenAStudySentByCStore_whenThePrintedAddressIsOpened_thenItsImagesAreShown()
      throws Exception {
    JsonNode seen = room.visit("study", printedAddress());

    assertShown(seen);
    assertThat(seen.path("codings").toString()).contains("\"frames zstd\"");
    // Of the series in the margin, which would be another frame each.
    assertThat(seen.path("answers").toString()).contains("thumbnail 200 image/jpeg");
  }

  @Test
  void givenAStudy_whenTheViewerIsStillStarting_thenItsFirstImageIsThereAlready() throws Exception {
    JsonNode seen = room.visit("preview", printedAddress());

    // Fitted into the viewport, like that of the viewer; a line of text is below it.
    int lit = seen.at("/first/lit").asInt();
    assertThat(seen.at("/preview/lit").asInt()).isBetween(lit * 9 / 10, lit * 11 / 10);
    assertThat(seen.path("text").asString()).contains("Preview");
    assertThat(seen.path("location").asString())
        .endsWith(seen.path("opened").asString().replaceFirst(".*/dicom-web", "") + "/rendered");
  }

  @Test
  void givenAViewerThatDrawsNothing_thenThePreviewGoesAllTheSame() throws Exception {
    JsonNode seen = room.visit("bounds", printedAddress());

    for (String touch : List.of("pointerdown", "wheel", "keydown")) {
      assertThat(seen.path(touch).asInt()).as(touch).isZero();
    }
    // For 29 seconds, not for 31; for 9 seconds upon a viewport that has nothing to show, not 11.
    assertThat(seen.path("nothing").asBoolean()).isTrue();
    assertThat(seen.path("beside")).hasToString("{\"x\":99,\"y\":0,\"width\":300,\"height\":200}");
    assertThat(seen.path("error").asBoolean()).isTrue();
    // Series, a part behind #, no study, another mode of the viewer: what it begins with is
    // unknown.
    assertThat(seen.path("asked")).hasToString("[0,0,0,0]");
  }

  @Test
  void givenATenantsViewerAndAChineseBrowser_thenTheImagesAreThereAndTextIsChinese()
      throws Exception {
    String ofTenant = printedAddress().replace("/viewer/viewer", "/tenants/default/viewer/viewer");

    JsonNode seen = room.visitIn("zh-CN", "study", ofTenant);

    assertShown(seen);
    assertThat(seen.path("text").asString()).containsPattern("\\p{IsHan}");
  }

  @Test
  void givenTheViewersAddressWithoutASlash_thenTheListOfStudiesHasThePatient() throws Exception {
    String name = demo.lines().skip(1).findFirst().orElseThrow().split("[ ,]")[0];

    room.visit("list", room.page("/viewer"), name);
  }

  @Test
  void givenASeriesThatIsAVolume_whenCutInPlanes_thenEachOfTheThreeShowsAnother() throws Exception {
    JsonNode seen = room.visit("planes", printedAddress());
    JsonNode planes = seen.path("planes");
    // The address says more than which study: it doesn't begin with the first image.
    assertThat(seen.path("answers").toString()).doesNotContain("preview");

    Set<Integer> pictures = new HashSet<>();
    planes.forEach(plane -> pictures.add(plane.path("sum").asInt()));
    assertThat(pictures).hasSize(3);
  }

  /** Transfer syntaxes that the viewer decodes itself, one of each family; colours; frames. */
  @Test
  void givenCompressedImages_whenOpened_thenTheyLookAsTheyAreRendered() throws Exception {
    assertShownAsRendered(
        "synthetic/ts/rle_ct.dcm",
        "synthetic/ts/jpll70_ct.dcm",
        "synthetic/ts/jls80_ct.dcm",
        "synthetic/ts/j2k90_ct.dcm",
        "synthetic/ts/htj2k201_ct.dcm",
        "pydicom/test_files/SC_rgb_jpeg_dcmtk.dcm",
        "pydicom/test_files/examples_palette.dcm",
        "synthetic/img/enhanced_ct.dcm 3",
        "synthetic/img/xa_cine.dcm 3");
  }

  /** 12 bits of JPEG (.51) aren't among them: OHIF shows these some 15 HU too bright. */
  @Tag("long")
  @Test
  void givenImagesOfAllTransferSyntaxes_whenOpened_thenTheyLookAsTheyAreRendered()
      throws Exception {
    assertShownAsRendered(
        "synthetic/ts/explicit_ct.dcm",
        "synthetic/ts/implicit_ct.dcm",
        "synthetic/ts/bigendian_ct.dcm",
        "synthetic/ts/deflated_ct.dcm",
        "synthetic/ts/jpll57_ct.dcm",
        "synthetic/ts/jls81_ct.dcm",
        "synthetic/ts/j2k91_ct.dcm",
        "synthetic/ts/htj2k202_ct_rpcl.dcm",
        "synthetic/ts/htj2k202_rgb.dcm",
        "synthetic/ts/htj2k203_ct.dcm");
  }

  /**
   * Compares what the viewer draws with what the service renders.
   *
   * @param samples files of the collection, with how many of their frames are looked at, one if it
   *     isn't said
   */
  private static void assertShownAsRendered(String... samples) throws Exception {
    List<Path> paths = Stream.of(samples).map(each -> Testdata.path(each.split(" ")[0])).toList();
    List<SampleFile> files = room.send(paths);
    List<Object> images = new ArrayList<>();
    for (int i = 0; i < samples.length; i++) {
      SampleFile file = files.get(i);
      String frames = samples[i].contains(" ") ? samples[i].split(" ")[1] : "1";
      images.add(String.join("/", file.study(), file.series(), file.sopInstance(), frames));
    }

    JsonNode pictures =
        room.visit("images", room.viewer("viewer"), images.toArray()).path("pictures");

    assertThat(pictures.size()).isGreaterThanOrEqualTo(samples.length);
    pictures.forEachEntry((name, picture) -> {
      assertThat(picture.path("light").asDouble()).as(name).isGreaterThan(5);
      assertThat(picture.path("difference").asDouble(255)).as(name).isLessThan(1);
    });
  }

  @Test
  void givenABuildWithTheViewer_thenUpAndStatusSayWhereItIs() throws Exception {
    String address = room.page("/viewer/");

    assertThat(room.product().process().output()).contains("Viewer     " + address);
    assertThat(PacsProcess.run("status", "--data", room.product().data()).output())
        .contains("Viewer   " + address);
  }

  private static String printedAddress() {
    Matcher address =
        Pattern.compile("http://\\S+/viewer/viewer\\?StudyInstanceUIDs=[0-9.]+").matcher(demo);
    assertThat(address.find()).as(demo).isTrue();
    return address.group();
  }

  private static void assertShown(JsonNode seen) {
    assertThat(seen.at("/first/width").asInt()).isGreaterThan(200);
    // A fifth of the viewport at least: a body, not a line of text.
    assertThat(seen.at("/first/lit").asInt())
        .isGreaterThan(seen.at("/first/width").asInt() * seen.at("/first/height").asInt() / 5);
    assertThat(seen.at("/next/sum").asInt()).isNotEqualTo(seen.at("/first/sum").asInt());
  }
}
