/** A collector of OpenTelemetry that keeps what it is sent. */
package org.regionalpacs.test.otlp;
