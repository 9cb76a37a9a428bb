package org.regionalpacs.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

class PixelFramesTest {
  @TempDir Path folder;

  @Test
  void givenEverySample_whenItsFramesAreCopied_thenPydicomFindsTheSameBytes() throws Exception {
    Map<Path, List<String>> expected = pydicomFrames();
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Map.Entry<Path, List<String>> entry : expected.entrySet()) {
      List<String> ours = frames(entry.getKey());
      if (entry.getValue().getFirst().startsWith("0\t") || isBroken(entry.getKey())) {
        continue;
      }
      compared++;
      if (!ours.equals(entry.getValue())) {
        differences.add(TestFiles.root().relativize(entry.getKey()) + ": " + ours);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(300);
  }

  /** Files whose pixel data is cut off or outside its element, on which pydicom gives the rest. */
  private static boolean isBroken(Path file) {
    return file.toString().contains("/broken/")
        || file.endsWith("GH364.dcm")
        || file.endsWith("MR_truncated.dcm");
  }

  private static List<String> frames(Path file) throws IOException, NoSuchAlgorithmException {
    ByteSource source = ByteSource.of(file);
    List<String> frames = new ArrayList<>();
    try {
      PixelFrames found = remembered(PixelFrames.of(source));
      assertThat(withWholeHeader(source).toBytes()).as(file.toString()).isEqualTo(found.toBytes());
      for (int frame = 1; frame <= found.count(); frame++) {
        assertThatPiecesAreTheFrame(file, found, frame);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        found.copy(source, frame, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        frames.add(
            frame + "\t" + HexFormat.of().formatHex(digest.digest()) + "\t" + found.length(frame));
      }
    } catch (NoPixelDataException | DicomFormatException e) {
      frames.add(e.getMessage());
    }
    return frames;
  }

  /** By who reads the header for its metadata. */
  private static PixelFrames withWholeHeader(ByteSource source) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(source)) {
      in.bulkDataThreshold(8 * 1024).leaveInPlace(PixelFrames::isPixels);
      Attributes header;
      try {
        header = in.readDataSet();
      } catch (DicomFormatException e) {
        header = in.readSoFar();
      }
      return PixelFrames.of(header, in);
    }
  }

  private static void assertThatPiecesAreTheFrame(Path file, PixelFrames found, int frame)
      throws IOException {
    Optional<List<BulkData>> pieces = found.asTheyLie(frame);
    if (pieces.isEmpty()) {
      return;
    }
    ByteSource source = ByteSource.of(file);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (BulkData piece : pieces.get()) {
      try (var in = source.open(piece.offset(), piece.length())) {
        in.transferTo(joined);
      }
    }
    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    found.copy(source, frame, copied);
    assertThat(joined.toByteArray()).as(file + " " + frame).isEqualTo(copied.toByteArray());
    assertThat(found.pieces()).isGreaterThanOrEqualTo(pieces.get().size());
  }

  private Map<Path, List<String>> pydicomFrames() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python)
            && TestFiles.run(List.of(python.toString(), "-c", "import pydicom, numpy")).status()
                == 0,
        "skipped: python3-pydicom and python3-numpy are not installed");
    Path list = folder.resolve("list");
    Files.write(list, TestFiles.all().stream().map(Path::toString).toList());
    Process process =
        new ProcessBuilder(python.toString(), "src/test/python/frames.py")
            .redirectInput(list.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<Path, List<String>> frames = new HashMap<>();
    try (var lines = process.inputReader()) {
      lines
          .lines()
          .map(line -> line.split("\t", 2))
          .forEach(line ->
              frames.computeIfAbsent(Path.of(line[0]), p -> new ArrayList<>()).add(line[1]));
    }
    assertThat(process.waitFor()).isZero();
    return frames;
  }

  @Test
  void givenBigEndianBytesInWords_whenAFrameBeginsInsideAWord_thenItsBytesAreInOrder()
      throws IOException {
    Attributes dataSet =
        image(3, 1, 8, 2).setBytes(Tag.PixelData, VR.OW, new byte[] {1, 2, 3, 4, 5, 6});
    byte[] file = file(dataSet, UID.ExplicitVRBigEndian);

    assertThat(frame(file, 1)).containsExactly(1, 2, 3);
    assertThat(frame(file, 2)).containsExactly(4, 5, 6);
  }

  @Test
  void givenOneBitFrames_whenAFrameBeginsInsideAByte_thenItIsShiftedToItsStart()
      throws IOException {
    // Two frames of 3 x 1 pixels: 101 and 110, low bits first.
    Attributes dataSet =
        image(3, 1, 1, 2).setBytes(Tag.PixelData, VR.OB, new byte[] {0b011_101, 0});
    byte[] file = file(dataSet, UID.ExplicitVRLittleEndian);

    assertThat(frame(file, 1)).containsExactly(0b101);
    assertThat(frame(file, 2)).containsExactly(0b011);
  }

  @Test
  void givenDeflatedDataSet_whenAFrameIsCopied_thenItIsInflated() throws IOException {
    Attributes dataSet = image(2, 2, 8, 1).setBytes(Tag.PixelData, VR.OB, new byte[] {9, 8, 7, 6});
    assertThat(frame(file(dataSet, UID.DeflatedExplicitVRLittleEndian), 1))
        .containsExactly(9, 8, 7, 6);
  }

  @Test
  void givenFramesOfSeveralFragments_whenTheOffsetTableIsFull_thenItDecides() throws IOException {
    Fragments fragments = new Fragments();
    fragments.add(new byte[] {0, 0, 0, 0, 20, 0, 0, 0});
    fragments.add(new byte[] {1, 1});
    fragments.add(new byte[] {2, 2});
    fragments.add(new byte[] {3, 3});
    Attributes dataSet = image(1, 1, 8, 2).set(Tag.PixelData, VR.OB, fragments);
    byte[] file = file(dataSet, UID.JPEGBaseline8Bit);

    assertThat(frame(file, 1)).containsExactly(1, 1, 2, 2);
    assertThat(frame(file, 2)).containsExactly(3, 3);
  }

  @Test
  void givenFewerFramesThanPromised_whenRead_thenThoseThatAreThereAreServed() throws IOException {
    Attributes dataSet = image(2, 1, 8, 9).setBytes(Tag.PixelData, VR.OB, new byte[] {1, 2, 3, 4});
    byte[] file = file(dataSet, UID.ExplicitVRLittleEndian);

    assertThat(PixelFrames.of(ByteSource.of(file)).count()).isEqualTo(2);
    assertThat(frame(file, 2)).containsExactly(3, 4);
  }

  @Test
  void givenFewerBytesThanOneFrameNeeds_whenRead_thenTheReasonIsNamed() throws IOException {
    Attributes dataSet = image(2, 4, 8, 1).setBytes(Tag.PixelData, VR.OB, new byte[4]);
    byte[] file = file(dataSet, UID.ExplicitVRLittleEndian);

    assertThatThrownBy(() -> PixelFrames.of(ByteSource.of(file)))
        .isInstanceOf(NoPixelDataException.class)
        .hasMessageContaining("4 bytes");
  }

  private static Attributes image(int columns, int rows, int bits, int frames) {
    return new Attributes()
        .setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage)
        .setInt(Tag.SamplesPerPixel, 1)
        .setString(Tag.PhotometricInterpretation, "MONOCHROME2")
        .setInt(Tag.NumberOfFrames, frames)
        .setInt(Tag.Rows, rows)
        .setInt(Tag.Columns, columns)
        .setInt(Tag.BitsAllocated, bits);
  }

  @Test
  void givenOtherBytes_whenReadAsFrames_thenThereAreNone() throws IOException {
    Attributes dataSet = image(2, 1, 8, 2).setBytes(Tag.PixelData, VR.OB, new byte[4]);
    byte[] file = file(dataSet, UID.ExplicitVRLittleEndian);
    byte[] bytes = PixelFrames.of(ByteSource.of(file)).toBytes();
    assertThat(PixelFrames.fromBytes(new byte[0])).isEmpty();
    assertThat(PixelFrames.fromBytes(new byte[100])).isEmpty();
    assertThat(PixelFrames.fromBytes(Arrays.copyOf(bytes, bytes.length - 1))).isEmpty();
    assertThat(PixelFrames.fromBytes(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    bytes[0]++;
    assertThat(PixelFrames.fromBytes(bytes)).isEmpty();
  }

  /** As it comes back from where it was kept. */
  private static PixelFrames remembered(PixelFrames frames) {
    return PixelFrames.fromBytes(frames.toBytes()).orElseThrow();
  }

  private static byte[] file(Attributes dataSet, String syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomOutputStream.writeFile(
        FileMeta.of(UID.SecondaryCaptureImageStorage, "1.2.3", syntax), dataSet, out);
    return out.toByteArray();
  }

  private static byte[] frame(byte[] file, int number) throws IOException {
    ByteSource source = ByteSource.of(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PixelFrames frames = remembered(PixelFrames.of(source));
    frames.copy(source, number, out);
    assertThat(frames.length(number)).isEqualTo(out.size());
    return out.toByteArray();
  }
}
