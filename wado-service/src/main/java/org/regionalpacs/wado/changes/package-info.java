/**
 * The change feed: what was created, replaced and deleted, in an order that readers can rely on.
 */
package org.regionalpacs.wado.changes;
