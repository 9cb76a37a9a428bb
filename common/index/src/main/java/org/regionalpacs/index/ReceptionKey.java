package org.regionalpacs.index;

import java.util.UUID;

/**
 * A received object and the UIDs it came under.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sop SOP Instance UID
 * @param receptionId the object
 */
public record ReceptionKey(
    String tenant, String study, String series, String sop, UUID receptionId) {}
