/** Copies accepted objects into the archive. */
package org.regionalpacs.consumer.archiver;
