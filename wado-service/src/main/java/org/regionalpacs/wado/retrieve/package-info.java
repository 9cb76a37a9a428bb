/** WADO-RS (PS3.18 10.4) of instances, frames and bulk data. */
package org.regionalpacs.wado.retrieve;
