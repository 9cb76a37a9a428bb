package org.regionalpacs.storage.fastdfs;

import java.util.List;
import org.regionalpacs.index.PossibleOrphan;

/**
 * Where uploads of unknown outcome are listed, for a job that looks for their files. Nothing is
 * ever deleted on a suspicion.
 */
public interface OrphanJournal {
  void add(PossibleOrphan orphan);

  /**
   * An upload begins. When its process dies before it has ended, it is a possible orphan.
   *
   * @param name the blob's wanted name
   * @param size bytes
   */
  default Upload begin(String name, long size) {
    return () -> {};
  }

  /** An upload under way. */
  interface Upload extends AutoCloseable {
    /**
     * It is stored. Who dies right now hasn't told anybody of the id yet.
     *
     * @param id that it has
     */
    default void stored(String id) {}

    /** It has ended, one way or the other. */
    @Override
    void close();
  }

  /** The latest, oldest first; a bounded number of them. */
  List<PossibleOrphan> latest();
}
