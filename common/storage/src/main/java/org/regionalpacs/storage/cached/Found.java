package org.regionalpacs.storage.cached;

/**
 * Bytes that were asked for.
 *
 * @param bytes retained for who asked
 * @param from where they were
 */
record Found(HeldBytes bytes, From from) {

  /** Where a value is found, the nearest first. */
  enum From {
    MEMORY,
    REDIS,
    STORE
  }

  /**
   * As told to who wants to know.
   *
   * @param store the store's name
   */
  String told(String store) {
    return switch (from) {
      case MEMORY -> HotCache.MEMORY;
      case REDIS -> HotCache.NAME;
      case STORE -> store;
    };
  }
}
