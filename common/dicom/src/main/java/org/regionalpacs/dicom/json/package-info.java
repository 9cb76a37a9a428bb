/** The DICOM JSON model (PS3.18 Annex F). */
package org.regionalpacs.dicom.json;
