/** The DICOM listener: settings, start and stop, health, associations. */
package org.regionalpacs.storescp.listen;
