/** The warehouse in PostgreSQL, schema {@code warehouse}, where no Doris is configured. */
package org.regionalpacs.warehouse.postgres;
