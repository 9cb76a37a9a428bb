/** Statistics of what was received, read, converted and kept, of a tenant. */
package org.regionalpacs.wado.statistics;
