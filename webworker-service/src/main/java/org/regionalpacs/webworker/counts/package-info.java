/** Keeps the counts of series and studies right, outside the way of an image. */
package org.regionalpacs.webworker.counts;
