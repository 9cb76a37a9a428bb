package org.regionalpacs.consumer.rebuild;

/** Who is told how far a rebuild is. Called by one thread. */
public interface RebuildObserver {
  /**
   * The next part of the work begins.
   *
   * @param what it is, for people
   * @param total how many things there are to be done; 0 when that isn't known
   */
  void begins(String what, long total);

  /** So many things of this part are done. */
  void done(long count);

  /** Something can't be read now, and is to be tried again after a while. */
  void waits(String why);

  /** Something isn't as it should be; the rebuild goes on. Holds no patient's identity. */
  void trouble(String line);
}
