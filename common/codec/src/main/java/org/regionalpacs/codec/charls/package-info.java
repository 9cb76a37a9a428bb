/** JPEG-LS (ISO/IEC 14495-1) by CharLS, a library in C++. */
package org.regionalpacs.codec.charls;
