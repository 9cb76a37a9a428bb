/** The Kafka consumers: indexer, archiver, and what they share. */
package org.regionalpacs.consumer;
