/** Blobs and where they are. */
package org.regionalpacs.storage;
