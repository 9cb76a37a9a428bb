/**
 * The DICOM upper layer and its message services, one file a protocol layer: transport, PDUs (PS3.8
 * 9.3), association negotiation (PS3.8 7.1), DIMSE messages (PS3.7), service classes (PS3.4).
 *
 * <p>Server side: {@link org.regionalpacs.dicom.net.DicomServer}. Client side: {@link
 * org.regionalpacs.dicom.net.StoreScu}, and {@link org.regionalpacs.dicom.net.SendFiles} for many
 * files. Blocking I/O, one virtual thread an association, a timeout on every wait.
 */
package org.regionalpacs.dicom.net;
