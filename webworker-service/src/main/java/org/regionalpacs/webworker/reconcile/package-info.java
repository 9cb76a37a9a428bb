/** Has the nodes compare their online files with index and archive, and tells what they found. */
package org.regionalpacs.webworker.reconcile;
