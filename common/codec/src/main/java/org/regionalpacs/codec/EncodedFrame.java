package org.regionalpacs.codec;

/**
 * A frame that is compressed.
 *
 * @param image what the data set has to say of it; with that it is decoded
 * @param bytes the whole codestream, of an even or odd number of bytes
 */
public record EncodedFrame(ImageDescription image, byte[] bytes) {}
