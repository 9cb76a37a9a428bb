/** From samples to what a screen shows: 8 bits a channel (PS3.3 C.11, PS3.4 N.2). */
package org.regionalpacs.codec.display;
