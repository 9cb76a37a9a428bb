package org.regionalpacs.consumer.indexer;

import java.util.Map;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.index.IndexedInstance;

/**
 * An object with what its header says.
 *
 * @param record the message
 * @param instance what the index keeps
 * @param attributes what the warehouse gets, see {@link HeaderAttributes}
 */
record ObjectHeader(
    StorageRecord record, IndexedInstance instance, Map<String, String> attributes) {}
