package org.regionalpacs.webworker.reconcile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.webworker.reconcile.ArchiveChecks.ArchivedObject;
import org.regionalpacs.webworker.reconcile.ArchiveChecks.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks whether the archive has what the index says it has. A copy that is gone is marked missing:
 * the node that has the file announces it again when it compares its files, and the archiver makes
 * another copy.
 *
 * <p>A turn looks at one page of objects. It holds the row of its progress as long, so that several
 * webworkers share the work and a crash frees it.
 */
final class ArchiveCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveCheck.class);

  private final BlobStore archive;
  private final ArchiveChecks checks;
  private final TransactionTemplate transaction;
  private final ReconcilePlanProperties properties;

  ArchiveCheck(
      BlobStore archive,
      ArchiveChecks checks,
      TransactionTemplate transaction,
      ReconcilePlanProperties properties) {
    this.archive = archive;
    this.checks = checks;
    this.transaction = transaction;
    this.properties = properties;
  }

  /** What was found of the first so many objects of a page. */
  private record Comparison(int objects, List<Finding> findings) {}

  /** What is found of an object that isn't as the index says. */
  private record Finding(ArchivedObject object, boolean there) {}

  /**
   * Looks at the next page, if a run is due or under way.
   *
   * @return whether there may be more to do at once
   * @throws IOException when the archive can't be asked; the page is looked at again
   */
  boolean turn() throws IOException {
    checks.know(archive.name(), properties.interval());
    try {
      return transaction.execute(_ -> page());
    } catch (ArchiveAwayException e) {
      throw e.cause;
    }
  }

  private boolean page() {
    Optional<Progress> held = checks.take(archive.name());
    if (held.isEmpty()) {
      return false;
    }
    Progress progress = held.get();
    List<ArchivedObject> page = checks.page(progress, properties.archivePage());
    Comparison comparison = compare(page);
    for (Finding finding : comparison.findings()) {
      progress = record(progress, finding);
    }
    progress = progress.lookedAt(page.subList(0, comparison.objects()));
    if (comparison.objects() == page.size() && page.size() < properties.archivePage()) {
      checks.end(progress, properties.interval());
      LOG.info("Archive {} compared with the index: {}", archive.name(), progress);
      return false;
    }
    checks.save(progress);
    return true;
  }

  /** Stops early when the archive answers slowly: a transaction is open meanwhile. */
  private Comparison compare(List<ArchivedObject> page) {
    long end = System.nanoTime() + properties.archiveTurn().toNanos();
    List<Finding> findings = new ArrayList<>();
    int objects = 0;
    for (ArchivedObject object : page) {
      boolean there = isThere(object);
      objects++;
      if (there != object.available()) {
        findings.add(new Finding(object, there));
      }
      if (System.nanoTime() - end >= 0) {
        break;
      }
    }
    return new Comparison(objects, findings);
  }

  private boolean isThere(ArchivedObject object) {
    try {
      return archive.stat(object.blobId()).filter(blob -> blob.size() >= object.end()).isPresent();
    } catch (IOException e) {
      throw new ArchiveAwayException(e);
    }
  }

  private Progress record(Progress progress, Finding finding) {
    ArchivedObject object = finding.object();
    if (!checks.mark(archive.name(), object, finding.there())) {
      return progress; // deleted or archived anew meanwhile
    }
    if (finding.there()) {
      return progress.foundReturned();
    }
    if (object.spare()) {
      tell("is to be made again from the online file, or is a rendition", object);
      return progress.foundMissing();
    }
    LOG.error(
        "LOST for {}: archive {} no longer has {} (reception {}), and no other copy is known",
        object.tenant(),
        archive.name(),
        object.blobId(),
        object.receptionId());
    return progress.foundLost();
  }

  private void tell(String what, ArchivedObject object) {
    LOG.warn(
        "{}: archive {} no longer has {} (reception {}), the copy {}",
        object.tenant(),
        archive.name(),
        object.blobId(),
        object.receptionId(),
        what);
  }

  /** Carries the failure out of the transaction, which is rolled back. */
  private static final class ArchiveAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException cause;

    ArchiveAwayException(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
