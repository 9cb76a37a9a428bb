/** Frames and objects in another transfer syntax than they are stored in, made on their way out. */
package org.regionalpacs.wado.transcode;
