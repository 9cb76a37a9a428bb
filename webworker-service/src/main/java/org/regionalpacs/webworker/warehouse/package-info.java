/** Looks after the warehouse: partitions, retention. */
package org.regionalpacs.webworker.warehouse;
