/** Pixel codecs behind one interface: from the bytes of a frame to its samples. */
package org.regionalpacs.codec;
