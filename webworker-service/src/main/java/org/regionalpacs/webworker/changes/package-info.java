/** Puts the changes of the index in their order, and tells them to those who want to be told. */
package org.regionalpacs.webworker.changes;
