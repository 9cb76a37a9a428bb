/**
 * JPEG codestreams that the JDK doesn't decode, lossless ones and DCT ones of 12 bits, and those
 * that we write (ITU-T T.81, which is ISO/IEC 10918-1).
 */
package org.regionalpacs.codec.jpeg;
