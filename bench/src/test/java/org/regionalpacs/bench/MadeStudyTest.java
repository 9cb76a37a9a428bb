package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

class MadeStudyTest {
  @Test
  void givenStudies_whenMade_thenEveryImageIsAWholeOneOfItsOwn() throws IOException {
    List<MadeStudy> studies = new StudyMaker(8, "P").studies(2, 20);
    Set<String> seen = new HashSet<>();
    for (MadeStudy study : studies) {
      for (MadeImage image : study.images()) {
        Attributes read = read(image);
        assertThat(read.getString(Tag.StudyInstanceUID)).contains(study.study());
        assertThat(read.getString(Tag.SeriesInstanceUID)).contains(study.series());
        assertThat(read.getString(Tag.PatientID)).contains(study.patientId());
        assertThat(read.getString(Tag.SOPInstanceUID)).contains(image.sopInstance());
        assertThat(read.getInt(Tag.Rows, 0)).isEqualTo(8);
        assertThat(read.getBytes(Tag.PixelData)).contains(image.pixels());
        assertThat(seen.add(image.sopInstance())).isTrue();
      }
    }
    assertThat(studies.get(0).patientId()).isNotEqualTo(studies.get(1).patientId());
  }

  private static Attributes read(MadeImage image) throws IOException {
    var file = new java.io.ByteArrayOutputStream();
    DicomOutputStream.writeFileMeta(
        FileMeta.of(image.sopClass(), image.sopInstance(), image.transferSyntax()), file);
    try (InputStream dataSet = image.open()) {
      dataSet.transferTo(file);
    }
    assertThat(image.size()).isEqualTo(image.open().readAllBytes().length);
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(file.toByteArray()))) {
      return in.readDataSet();
    }
  }
}
