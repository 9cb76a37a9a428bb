/** QIDO-RS (PS3.18 10.6): from a request's parameters to SQL, from rows to DICOM JSON. */
package org.regionalpacs.wado.query;
