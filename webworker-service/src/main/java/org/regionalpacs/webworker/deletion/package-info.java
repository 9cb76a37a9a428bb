/** Removes the bytes of what was deleted. */
package org.regionalpacs.webworker.deletion;
