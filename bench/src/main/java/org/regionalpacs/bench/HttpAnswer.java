package org.regionalpacs.bench;

/**
 * What was answered, its body being read and thrown away, or given to a sink.
 *
 * @param contentType empty where none was told
 * @param length bytes of the body as they came, without the framing of chunks
 */
record HttpAnswer(int status, String contentType, long length) {}
