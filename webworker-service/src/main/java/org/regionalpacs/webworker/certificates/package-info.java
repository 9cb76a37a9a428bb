/** Tells when certificates of others, such as a proxy's, end. */
package org.regionalpacs.webworker.certificates;
