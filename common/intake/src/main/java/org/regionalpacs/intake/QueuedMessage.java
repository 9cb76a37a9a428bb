package org.regionalpacs.intake;

/**
 * A record for {@code storage_queue}.
 *
 * @param key Study Instance UID
 * @param value the encoded storage message
 */
record QueuedMessage(String key, byte[] value) {}
