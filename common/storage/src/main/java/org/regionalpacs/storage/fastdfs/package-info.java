/** The archive on a FastDFS cluster: {@link org.regionalpacs.storage.fastdfs.FastDfsBlobStore}. */
package org.regionalpacs.storage.fastdfs;
