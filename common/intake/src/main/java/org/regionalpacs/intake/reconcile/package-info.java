/** Compares a node's online files with the index and the archive, and repairs what can be. */
package org.regionalpacs.intake.reconcile;
