/** Encodes objects once more, for viewers and for slow lines. */
package org.regionalpacs.consumer.converter;
