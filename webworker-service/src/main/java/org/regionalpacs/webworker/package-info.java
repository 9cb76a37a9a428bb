/** The service of the background jobs. */
package org.regionalpacs.webworker;
