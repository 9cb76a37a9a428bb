/** The way of an image through the services, as traces of OpenTelemetry. */
package org.regionalpacs.tracing;
