package org.regionalpacs.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;

/** Part 10 files as they lie on disk, by what is in them and not by what they are called. */
final class Files10 {
  /**
   * A file's identity and content.
   *
   * @param digest SHA-256 of the data set's bytes
   */
  record Content(String sop, String digest) {}

  private Files10() {}

  static Content read(byte[] part10) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(part10))) {
      String digest = SentObject.sha256(part10, (int) in.dataSetOffset(), part10.length);
      String sop = in.readDataSetUntil(Tag.SOPInstanceUID + 1).getString(Tag.SOPInstanceUID, "");
      return new Content(sop, digest);
    }
  }

  /**
   * An object in an archive that chooses ids: its manifest and the length of that are behind it.
   */
  static Content archived(byte[] blob) throws IOException {
    String footer = new String(blob, blob.length - 16, 16, StandardCharsets.US_ASCII);
    if (!footer.endsWith("MANIFEST")) {
      throw new IOException("no manifest behind the object: " + footer);
    }
    int manifest = Integer.parseUnsignedInt(footer.substring(0, 8), 16);
    return read(Arrays.copyOf(blob, blob.length - 16 - manifest));
  }

  /** Every file of the folder: how often each content is there. */
  static Map<Content, Integer> in(Path folder) throws IOException {
    Map<Content, Integer> found = new HashMap<>();
    List<Path> paths = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".dcm")).forEach(paths::add);
      }
    }
    for (Path path : paths) {
      found.merge(read(Files.readAllBytes(path)), 1, Integer::sum);
    }
    return found;
  }
}
