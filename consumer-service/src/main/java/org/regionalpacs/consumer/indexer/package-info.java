/** Brings accepted objects into the index. */
package org.regionalpacs.consumer.indexer;
