package org.regionalpacs.bench;

import java.io.IOException;
import java.util.List;

/** Stores studies before they are read. */
final class StoredStudy {
  private StoredStudy() {}

  /** Sends studies to all archives, and waits until they are found and nothing is left to do. */
  static void store(Contest contest, List<MadeStudy> studies)
      throws IOException, InterruptedException {
    for (Archive archive : contest.archives()) {
      IngestTrial.send(archive.dicom(), studies);
    }
    await(contest, studies);
  }

  /** Waits until studies are found and nothing is left to do. */
  static void await(Contest contest, List<MadeStudy> studies) throws IOException {
    for (Archive archive : contest.archives()) {
      try (Web web = Web.to(archive.http())) {
        for (MadeStudy study : studies) {
          IngestTrial.awaitSearchable(web, study, System.nanoTime());
        }
      }
      Turns.settle(archive);
    }
  }
}
