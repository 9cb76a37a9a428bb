/** What is asked of the warehouse, the same of each. */
package org.regionalpacs.warehouse.statistics;
