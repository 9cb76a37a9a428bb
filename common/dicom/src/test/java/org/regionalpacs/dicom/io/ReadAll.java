package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.nio.file.Path;
import org.regionalpacs.dicom.TestFiles;

/** Reads every sample whole and prints how many were read and refused. */
final class ReadAll {
  private ReadAll() {}

  public static void main(String[] arguments) throws IOException {
    System.setProperty("pacs.testdata", arguments[0]);
    int read = 0;
    int refused = 0;
    for (Path file : TestFiles.all()) {
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        in.readDataSet();
        read++;
      } catch (DicomFormatException e) {
        refused++;
      }
    }
    System.out.println("read=" + read + " refused=" + refused);
  }
}
