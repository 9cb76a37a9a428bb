package org.regionalpacs.consumer.rebuild;

import java.util.List;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.index.RebuildList;
import org.regionalpacs.index.ReceptionKey;

/**
 * What the index knows, and was found nowhere. Before the index is dropped, for afterwards nobody
 * would know that something is missing.
 */
final class MissingObjects {
  private static final int MOST = 10_000;

  private final RebuildList list;

  MissingObjects(RebuildList list) {
    this.list = list;
  }

  /** Tells them, and refuses where there are any. */
  void look(RebuildReport report, Missing decision) throws RebuildException {
    List<ReceptionKey> missing = list.missing(MOST);
    missing.forEach(each ->
        report.trouble(
            "found nowhere: tenant=%s study=%s series=%s sop=%s reception=%s"
                .formatted(
                    each.tenant(), each.study(), each.series(), each.sop(), each.receptionId())));
    if (!missing.isEmpty() && decision == Missing.REFUSE) {
      throw new RebuildException(
          """
          %s%,d objects that the index knows were found nowhere: is a volume not mounted, or an archive not configured?
          The index is as it was. --forget-missing goes on without them.\
          """
              .formatted(missing.size() == MOST ? "At least " : "", missing.size()));
    }
  }
}
