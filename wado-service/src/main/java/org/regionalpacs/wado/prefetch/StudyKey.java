package org.regionalpacs.wado.prefetch;

/**
 * A study of a tenant.
 *
 * @param study Study Instance UID
 */
record StudyKey(String tenant, String study) {}
