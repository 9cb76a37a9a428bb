package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.intake.reconcile.SeriesFiles.OnlineFile;
import org.regionalpacs.messages.StorageMessage;

/** Has files announced once more, as many in one run as are allowed. */
final class Announcements {
  private final OnlineObjects objects;
  private final IndexView index;
  private final RunReport report;
  private final long most;

  /**
   * @param most so many in one run
   */
  Announcements(OnlineObjects objects, IndexView index, RunReport report, long most) {
    this.objects = objects;
    this.index = index;
    this.report = report;
    this.most = most;
  }

  /** A file that the index doesn't know, unless that is because it is about to be deleted. */
  void unindexed(SeriesFolder series, OnlineFile file) throws IOException {
    Optional<StorageMessage> message = read(series, file.path());
    if (message.isPresent()
        && !index.isBeingDeleted(series.tenant(), message.get().receptionId())) {
      tell(FindingKind.UNINDEXED, series, message.get(), "the index does not know the file");
    }
  }

  /** A file whose object is in no archive. */
  void unarchived(SeriesFolder series, IndexedObject object) throws IOException {
    Optional<StorageMessage> message = read(series, object.place().path());
    if (message.isPresent()) {
      tell(
          FindingKind.UNARCHIVED,
          series,
          as(object, message.get()),
          "received " + object.received() + " and in no archive");
    }
  }

  /** The file may have come later, with the same content; the archive misses the object. */
  private static StorageMessage as(IndexedObject object, StorageMessage file) {
    return new StorageMessage(
        file.schemaVersion(),
        object.receptionId(),
        file.tenant(),
        file.transferSyntax(),
        file.sopClass(),
        file.sopInstance(),
        file.study(),
        file.series(),
        file.patientId(),
        file.fileName(),
        file.fileSize(),
        file.filePath(),
        file.dataSetOffset(),
        file.node(),
        file.callingAe(),
        file.source(),
        object.received(),
        file.digest());
  }

  private Optional<StorageMessage> read(SeriesFolder series, String path) throws IOException {
    try {
      Optional<StorageMessage> message = objects.read(path);
      if (message.isEmpty()) {
        report.found(
            new Finding(
                FindingKind.UNREADABLE,
                path,
                series,
                "",
                Optional.empty(),
                "no object, or not one of this folder, or not whole"));
      }
      return message;
    } catch (NoSuchFileException e) {
      // Deleted since the folder was listed.
      return Optional.empty();
    }
  }

  private void tell(FindingKind kind, SeriesFolder series, StorageMessage message, String detail)
      throws IOException {
    boolean allowed = report.run().announced < most;
    if (allowed) {
      objects.announce(message);
      report.run().announced++;
    }
    report.found(
        new Finding(
            kind,
            message.filePath(),
            series,
            message.sopInstance(),
            Optional.of(message.receptionId()),
            allowed ? detail : detail + "; left to the next run, there are too many"));
  }
}
