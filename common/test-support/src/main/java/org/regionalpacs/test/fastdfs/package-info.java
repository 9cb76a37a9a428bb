/**
 * A FastDFS cluster in the JVM that speaks the wire protocol of FastDFS 6.16 over loopback: {@link
 * org.regionalpacs.test.fastdfs.FakeFastDfs}.
 */
package org.regionalpacs.test.fastdfs;
