package org.regionalpacs.warehouse;

/**
 * What a warehouse needs now and then, once a day at least: partitions ahead, dropping those that
 * aren't kept ({@link RetentionProperties}). Any number of processes may do it at once.
 */
public interface WarehouseUpkeep {

  /**
   * Does it.
   *
   * @return partitions that were dropped
   * @throws WarehouseUnavailableException when something is left for the next time
   */
  int run() throws WarehouseUnavailableException;
}
