package org.regionalpacs.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

class DicomInputStreamTest {
  @TempDir Path folder;

  private static final Attributes SAMPLE = sample();

  private static Attributes sample() {
    Attributes dataSet =
        new Attributes()
            .setString(Tag.SOPClassUID, UID.CTImageStorage)
            .setString(Tag.SOPInstanceUID, "1.2.3.4")
            .setString(Tag.PatientID, "P1")
            .setString(Tag.StudyInstanceUID, "1.2.3");
    dataSet.newSequence(Tag.ProcedureCodeSequence).addItem().setString(Tag.CodeValue, "X");
    dataSet.setBytes(Tag.PixelData, VR.OW, new byte[5000]);
    return dataSet;
  }

  private static byte[] bytes(String syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomOutputStream.writeDataSet(SAMPLE, syntax, out);
    return out.toByteArray();
  }

  @Test
  void givenAStopTag_whenRead_thenWhatFollowsIsLeftInTheStream() throws IOException {
    InputStream stream = new ByteArrayInputStream(bytes(UID.ExplicitVRLittleEndian));
    try (DicomInputStream in = DicomInputStream.ofDataSet(stream, UID.ExplicitVRLittleEndian)) {
      assertThat(in.readDataSetUntil(Tag.StudyInstanceUID).contains(Tag.StudyInstanceUID))
          .isFalse();
      assertThat(in.readDataSet().getString(Tag.StudyInstanceUID)).contains("1.2.3");
    }
  }

  @Test
  void givenOnlySomeTagsAreWanted_whenRead_thenNoOtherIsKept() throws IOException {
    for (String syntax :
        List.of(
            UID.ImplicitVRLittleEndian,
            UID.ExplicitVRBigEndian,
            UID.DeflatedExplicitVRLittleEndian)) {
      InputStream stream = new ByteArrayInputStream(bytes(syntax));
      try (DicomInputStream in = DicomInputStream.ofDataSet(stream, syntax)) {
        Attributes dataSet = in.keepOnly(tag -> tag == Tag.PatientID).readDataSet();
        assertThat(dataSet.size()).isEqualTo(1);
        assertThat(dataSet.getString(Tag.PatientID)).contains("P1");
      }
    }
  }

  @Test
  void givenABulkDataThreshold_whenRead_thenLongValuesStayInTheFile() throws IOException {
    Path file = folder.resolve("file.dcm");
    try (var out = Files.newOutputStream(file)) {
      DicomOutputStream.writeFile(
          FileMeta.of(UID.CTImageStorage, "1.2.3.4", UID.ExplicitVRLittleEndian), SAMPLE, out);
    }
    try (DicomInputStream in = DicomInputStream.ofFile(file).bulkDataThreshold(100)) {
      Attributes dataSet = in.readDataSet();
      assertThat(dataSet.element(Tag.PixelData).orElseThrow().value())
          .isEqualTo(new BulkData(Files.size(file) - 5000, 5000));
      assertThat(in.fileMeta().orElseThrow().getString(Tag.MediaStorageSOPInstanceUID))
          .contains("1.2.3.4");
      assertThat(in.dataSetOffset())
          .isEqualTo(Files.size(file) - bytes(UID.ExplicitVRLittleEndian).length);
    }
  }

  @Test
  void givenADataSetThatIsEncodedOtherwiseThanItSays_whenRead_thenItIsUnderstood()
      throws IOException {
    InputStream explicit = new ByteArrayInputStream(bytes(UID.ExplicitVRLittleEndian));
    try (var in = DicomInputStream.ofDataSet(explicit, UID.ImplicitVRLittleEndian)) {
      assertThat(in.readDataSet().getString(Tag.PatientID)).contains("P1");
    }
    InputStream implicit = new ByteArrayInputStream(bytes(UID.ImplicitVRLittleEndian));
    try (var in = DicomInputStream.ofDataSet(implicit, UID.ExplicitVRLittleEndian)) {
      assertThat(in.readDataSet().getString(Tag.PatientID)).contains("P1");
    }
  }

  @Test
  void givenATruncatedFile_whenRead_thenTheErrorSaysWhereAndWhatWasReadIsKept() throws IOException {
    byte[] whole = bytes(UID.ExplicitVRLittleEndian);
    InputStream cut = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 1));
    try (var in = DicomInputStream.ofDataSet(cut, UID.ExplicitVRLittleEndian)) {
      assertThatThrownBy(in::readDataSet)
          .isInstanceOf(DicomFormatException.class)
          .hasMessageContaining("(7FE0,0010)")
          .hasMessageContaining("at byte " + (whole.length - 5012));
      assertThat(in.readSoFar().getString(Tag.PatientID)).contains("P1");
    }
  }

  @Test
  void givenSequencesNestedWithoutEnd_whenRead_thenItIsRefused() {
    byte[] nested = new byte[160_000];
    for (int i = 0; i < nested.length; i += 16) {
      // (0040,A730) and an item, both of undefined length, in Implicit VR.
      System.arraycopy(new byte[] {0x40, 0, 0x30, (byte) 0xA7, -1, -1, -1, -1}, 0, nested, i, 8);
      System.arraycopy(new byte[] {-2, -1, 0, (byte) 0xE0, -1, -1, -1, -1}, 0, nested, i + 8, 8);
    }
    assertThatThrownBy(() ->
            DicomInputStream.ofDataSet(new ByteArrayInputStream(nested), UID.ImplicitVRLittleEndian)
                .readDataSet())
        .isInstanceOf(DicomFormatException.class)
        .hasMessageContaining("deeper than 64");
  }

  @Test
  void givenAShortInputThatClaimsGigabytes_whenRead_thenLittleMemoryIsAskedFor() {
    byte[] claim = {0x10, 0, 0x10, 0, -1, -1, -1, 0x7E, 'x'};
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() ->
            DicomInputStream.ofDataSet(new ByteArrayInputStream(claim), UID.ImplicitVRLittleEndian)
                .readDataSet())
        .isInstanceOf(DicomFormatException.class);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
  }

  @Test
  void givenEverySampleTheBrokenOnesIncluded_whenRead_thenItIsReadOrRefusedWithAReason() {
    List<String> surprises = new ArrayList<>();
    List<Path> files = TestFiles.all();
    org.assertj.core.api.Assertions.assertThatCode(() ->
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                  for (Path file : files) {
                    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
                      in.readDataSet();
                    } catch (DicomFormatException e) {
                      assertThat(e.getMessage()).contains("at byte");
                    } catch (Exception e) {
                      surprises.add(file + ": " + e);
                    }
                  }
                }))
        .doesNotThrowAnyException();
    assertThat(surprises).isEmpty();
  }

  @Test
  void givenValuesByPath_whenFound_thenTheyAreCopiedInLittleEndian() throws IOException {
    Attributes dataSet = new Attributes().setString(Tag.SOPInstanceUID, "1.2");
    Attributes item = dataSet.newSequence(Tag.IconImageSequence).addItem();
    item.setBytes(Tag.PixelData, VR.OW, new byte[] {1, 0, 2, 0, 3, 0});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DicomOutputStream.writeFile(
        FileMeta.of(UID.CTImageStorage, "1.2", UID.ExplicitVRBigEndian), dataSet, file);
    ByteSource source = ByteSource.of(file.toByteArray());

    BulkDataReader icon = BulkDataReader.find(source, "00880200/1/7FE00010").orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    icon.copy(out);
    assertThat(out.toByteArray()).containsExactly(1, 0, 2, 0, 3, 0);
    out.reset();
    icon.copy(3, 2, out);
    assertThat(out.toByteArray()).containsExactly(0, 3);
    assertThat(BulkDataReader.find(source, "00880200/2/7FE00010")).isEmpty();
    assertThat(BulkDataReader.find(source, "00880200")).as("a sequence is no value").isEmpty();
    assertThat(BulkDataReader.find(source, "../7FE00010")).isEmpty();
  }
}
