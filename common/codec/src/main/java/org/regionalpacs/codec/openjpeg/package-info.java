/** JPEG 2000 (ISO/IEC 15444-1), and decoding of HTJ2K (15444-15), by OpenJPEG, a library in C. */
package org.regionalpacs.codec.openjpeg;
