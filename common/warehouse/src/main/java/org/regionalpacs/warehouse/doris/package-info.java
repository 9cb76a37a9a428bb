/** The warehouse in Apache Doris: loads by Stream Load, reads by the MySQL protocol. */
package org.regionalpacs.warehouse.doris;
