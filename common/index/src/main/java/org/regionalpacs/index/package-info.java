/** The index of patients, studies, series and instances in PostgreSQL: schema, reads, writes. */
package org.regionalpacs.index;
