/** Data sets as bytes: Part 10 files and streams, frames and bulk data within them. */
package org.regionalpacs.dicom.io;
