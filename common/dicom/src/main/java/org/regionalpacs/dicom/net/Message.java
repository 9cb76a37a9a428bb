package org.regionalpacs.dicom.net;

/**
 * The head of a DIMSE message that came in; its data set, if it has one, is still on the wire.
 *
 * @param context the presentation context it came over
 * @param command its command set
 */
record Message(AcceptedContext context, CommandSet command) {}
