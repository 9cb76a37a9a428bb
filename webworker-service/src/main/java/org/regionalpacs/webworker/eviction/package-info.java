/** Plans which studies nodes evict and bring back. */
package org.regionalpacs.webworker.eviction;
