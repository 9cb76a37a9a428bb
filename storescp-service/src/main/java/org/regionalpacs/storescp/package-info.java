/** The DICOM front: takes objects in by C-STORE. */
package org.regionalpacs.storescp;
