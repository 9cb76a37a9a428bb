/** Analytical tables: what was received, read and converted, for statistics. */
package org.regionalpacs.warehouse;
