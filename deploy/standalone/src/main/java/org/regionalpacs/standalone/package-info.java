/**
 * The whole product on one machine: what {@code ./pacs} runs. One JVM with the four services, and
 * PostgreSQL, Kafka and Redis as its children.
 */
package org.regionalpacs.standalone;
