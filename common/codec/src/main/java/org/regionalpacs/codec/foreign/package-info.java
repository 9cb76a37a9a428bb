/** What codecs by C libraries share: the Foreign Function and Memory API around them. */
package org.regionalpacs.codec.foreign;
