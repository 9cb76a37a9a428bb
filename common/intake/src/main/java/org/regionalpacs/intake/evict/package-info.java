/** Evicts online files whose archived copies are whole, and brings them back. */
package org.regionalpacs.intake.evict;
