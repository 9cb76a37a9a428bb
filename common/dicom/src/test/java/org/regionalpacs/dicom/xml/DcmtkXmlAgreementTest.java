package org.regionalpacs.dicom.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.json.BulkDataResolver;
import org.regionalpacs.dicom.json.BulkDataUris;

/** The Native DICOM Model of every sample against DCMTK's, both ways. */
class DcmtkXmlAgreementTest {

  /** Says of bulk data that it is there, no more. */
  private static final BulkDataResolver THERE = (into, tag, vr, uri) -> into.setEmpty(tag, vr);

  /** What longer files have more of is pixels, and dcm2xml takes seconds for them. */
  private static final int LONGEST_FILE = 256 << 10;

  @Test
  void givenEverySample_whenWrittenByBoth_thenTheModelsAgreeAndTheirsIsReadAsOurs()
      throws IOException {
    TestFiles.assumeInstalled("dcm2xml");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : TestFiles.all()) {
      if (Files.size(file) > LONGEST_FILE) {
        continue;
      }
      Attributes dataSet;
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        dataSet = in.readDataSet();
      } catch (IOException e) {
        continue;
      }
      Optional<byte[]> theirs = DcmtkXml.read(file);
      if (theirs.isPresent()) {
        List<String> found = new ArrayList<>();
        Map<String, String> expected = DcmtkXml.flat(theirs.get());
        DcmtkXml.compare(DcmtkXml.flat(xml(dataSet)), expected, found);
        found.forEach(each -> differences.add(TestFiles.root().relativize(file) + " " + each));
        found.clear();
        Attributes back = new NativeModelReader(THERE).read(new ByteArrayInputStream(theirs.get()));
        DcmtkXml.compare(DcmtkXml.flat(xml(back)), expected, found);
        found.forEach(
            each -> differences.add(TestFiles.root().relativize(file) + " read back: " + each));
        compared++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).as("files that DCMTK writes as XML").isGreaterThan(300);
  }

  private static byte[] xml(Attributes dataSet) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new NativeModelWriter(BulkDataUris.above(DcmtkXml.THRESHOLD, "bulk/")).write(dataSet, out);
    return out.toByteArray();
  }
}
