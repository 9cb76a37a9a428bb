/** Counts what is where, so that statistics of it are answered at once. */
package org.regionalpacs.webworker.storage;
