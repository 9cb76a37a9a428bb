/** Brings what the other services tell into the warehouse, each row once. */
package org.regionalpacs.consumer.loader;
