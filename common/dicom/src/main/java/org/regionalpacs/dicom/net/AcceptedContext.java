package org.regionalpacs.dicom.net;

/**
 * A presentation context both sides agreed on.
 *
 * @param id odd, 1 to 255
 * @param abstractSyntax UID
 * @param transferSyntax UID of the encoding of data sets sent over it
 */
record AcceptedContext(int id, String abstractSyntax, String transferSyntax) {}
