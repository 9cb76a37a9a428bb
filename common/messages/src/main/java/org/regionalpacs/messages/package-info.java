/** Kafka topics and the records on them, one file a topic. */
package org.regionalpacs.messages;
