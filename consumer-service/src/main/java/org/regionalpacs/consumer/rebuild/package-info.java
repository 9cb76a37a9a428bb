/** Builds the index again from what is in the online store and the archives. */
package org.regionalpacs.consumer.rebuild;
