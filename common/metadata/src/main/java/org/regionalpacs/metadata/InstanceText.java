package org.regionalpacs.metadata;

/**
 * The JSON object of one instance.
 *
 * @param json UTF-8
 * @param lasting false when the file could not be reached just now, so that another try may give
 *     more
 */
record InstanceText(byte[] json, boolean lasting) {}
