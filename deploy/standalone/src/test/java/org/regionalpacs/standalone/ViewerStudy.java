package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A study of two multi-frame images, one of them compressed, and what client.cjs must find of it.
 *
 * @param files the native one, then the other
 */
record ViewerStudy(List<SampleFile> files, Map<String, JsonNode> expected) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int FRAME = SampleObjects.SIZE * SampleObjects.SIZE * 2;
  private static final String JPEG = "ffd8ffe0";
  private static final String PNG = "89504e47";

  static ViewerStudy write(Path folder) throws IOException {
    Files.createDirectories(folder);
    SampleObjects sample = SampleObjects.newStudy();
    byte[] pixels = bytes(3 * FRAME);
    byte[] palette = bytes(4096);
    List<byte[]> codestreams = List.of(bytes(1000), Arrays.copyOfRange(bytes(2000), 1000, 2000));
    Attributes image =
        sample
            .image(1)
            .setInt(Tag.NumberOfFrames, 3)
            .setBytes(Tag.RedPaletteColorLookupTableData, VR.OW, palette)
            .setBytes(Tag.PixelData, VR.OW, pixels);
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.addAll(codestreams);
    Attributes compressed = sample.newSeries().image(2).setInt(Tag.NumberOfFrames, 2);
    compressed.set(Tag.PixelData, VR.OB, fragments);
    List<SampleFile> files =
        List.of(
            write(image, UID.ExplicitVRLittleEndian, folder.resolve("native.dcm")),
            write(compressed, UID.JPEGLSLossless, folder.resolve("compressed.dcm")));
    return new ViewerStudy(files, expected(files, pixels, palette, codestreams));
  }

  Path native3Frames() {
    return files.getFirst().path();
  }

  Path compressed2Frames() {
    return files.getLast().path();
  }

  private static Map<String, JsonNode> expected(
      List<SampleFile> files, byte[] pixels, byte[] palette, List<byte[]> codestreams) {
    SampleFile image = files.getFirst();
    List<String> frames =
        IntStream.range(0, 3)
            .mapToObj(i -> sha256(Arrays.copyOfRange(pixels, i * FRAME, (i + 1) * FRAME)))
            .toList();
    List<String> tiles = codestreams.stream().map(ViewerStudy::sha256).toList();
    String lut = sha256(palette);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("studies", List.of(image.study()));
    all.put("series", files.stream().map(SampleFile::series).sorted().toList());
    all.put("instances", List.of(image.sopInstance()));
    all.put("nothing", List.of());
    all.put("studyMetadata", 2);
    all.put("seriesMetadata", 1);
    for (String way : List.of("bulkData", "bulkDataByMediaType", "bulkDataAlone")) {
      all.put(way, List.of(lut));
    }
    all.put("bulkDataRange", List.of(sha256(Arrays.copyOfRange(palette, 100, 200))));
    all.put("instance", image.digest());
    all.put("seriesObjects", List.of(image.digest()));
    all.put("frames", List.of(frames.get(2), frames.get(0), frames.get(1)));
    all.put("framesAny", frames);
    all.put("tiles", Stream.concat(frames.stream(), frames.stream()).toList());
    all.put("compressedLists", tiles.reversed());
    for (String way : List.of("Tiles", "ByType", "ByOldType", "Any")) {
      all.put("compressed" + way, tiles);
    }
    all.put("refused", 406);
    all.put("rendered", JPEG);
    all.put("renderedPng", PNG);
    all.put("frameRendered", PNG);
    all.put("thumbnail", JPEG);
    Map<String, JsonNode> expected = new LinkedHashMap<>();
    all.forEach((what, value) -> expected.put(what, JSON.valueToTree(value)));
    return expected;
  }

  private static SampleFile write(Attributes object, String transferSyntax, Path file)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      Attributes meta =
          FileMeta.of(
              object.getString(Tag.SOPClassUID, ""),
              object.getString(Tag.SOPInstanceUID, ""),
              transferSyntax);
      DicomOutputStream.writeFile(meta, object, out);
    }
    return SampleFile.read(file);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
