package org.regionalpacs.storage.fastdfs;

import java.util.List;
import org.regionalpacs.index.PossibleOrphan;

/**
 * Where uploads of unknown outcome are listed, for a job that looks for their files. Nothing is
 * ever deleted on a suspicion.
 */
public interface OrphanJournal {
  void add(PossibleOrphan orphan);

  /** The latest, oldest first; a bounded number of them. */
  List<PossibleOrphan> latest();
}
