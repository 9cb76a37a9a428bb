package org.regionalpacs.metadata;

/**
 * The metadata of one instance.
 *
 * @param etag a strong entity tag, quotes included
 * @param json one JSON object (PS3.18 Annex F) in UTF-8; an array of one is for the caller to make
 */
public record InstanceMetadata(String etag, byte[] json) {}
