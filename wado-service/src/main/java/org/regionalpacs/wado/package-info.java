/** The DICOMweb front of the PACS (PS3.18): query, retrieve and store over HTTP. */
package org.regionalpacs.wado;
