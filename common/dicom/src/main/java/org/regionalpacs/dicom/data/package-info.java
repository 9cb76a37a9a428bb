/** Data sets in memory: elements, value representations, character sets, the dictionary. */
package org.regionalpacs.dicom.data;
