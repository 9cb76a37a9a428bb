/** Large blobs in blocks: {@link org.regionalpacs.storage.chunked.ChunkedBlobStore}. */
package org.regionalpacs.storage.chunked;
