/** Reads what is stored already for query tags that were added later. */
package org.regionalpacs.webworker.reindex;
