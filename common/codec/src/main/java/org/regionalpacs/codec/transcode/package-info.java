/** Objects in another transfer syntax, frame by frame. */
package org.regionalpacs.codec.transcode;
