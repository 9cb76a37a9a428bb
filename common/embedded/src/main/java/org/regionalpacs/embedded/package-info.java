/**
 * Real PostgreSQL, Kafka and Redis as child processes of this JVM, for the standalone product and
 * for tests. A child never outlives the JVM that started it.
 */
package org.regionalpacs.embedded;
