package org.regionalpacs.metadata;

/**
 * What a header gives for the documents of its series.
 *
 * @param json the JSON object, UTF-8
 * @param lasting false when the file could not be reached just now, so that another try may give
 *     more
 * @param layout where its frames are, see {@link IndexedFrames}
 */
record InstanceText(byte[] json, boolean lasting, byte[] layout) {}
