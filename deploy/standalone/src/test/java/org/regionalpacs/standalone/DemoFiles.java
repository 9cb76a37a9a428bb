package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.standalone.demo.DemoStudy;

/** A demo study as files. */
final class DemoFiles {
  private DemoFiles() {}

  static List<Path> write(DemoStudy study, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (Attributes image : study.images().toList()) {
      String uid = image.getString(Tag.SOPInstanceUID, "");
      Attributes meta =
          FileMeta.of(image.getString(Tag.SOPClassUID, ""), uid, UID.ExplicitVRLittleEndian);
      Path file = folder.resolve(uid);
      try (OutputStream out = Files.newOutputStream(file)) {
        DicomOutputStream.writeFile(meta, image, out);
      }
      files.add(file);
    }
    return files;
  }
}
