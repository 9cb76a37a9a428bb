/** A Doris in the JVM, for tests: Stream Load over the real wire protocol, with faults. */
package org.regionalpacs.test.doris;
