package org.regionalpacs.consumer.loader;

import java.util.Set;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * What came of a range.
 *
 * @param loaded tables that have all its rows; single ones that were refused are dead letters
 * @param refused tables that took none of its rows, because one or more don't fit: to be halved
 */
record Outcome(Set<WarehouseTable> loaded, Set<WarehouseTable> refused) {}
