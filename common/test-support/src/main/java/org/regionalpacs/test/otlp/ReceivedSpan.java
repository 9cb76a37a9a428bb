package org.regionalpacs.test.otlp;

import java.time.Instant;
import java.util.Map;

/**
 * A span that came.
 *
 * @param service that sent it
 * @param trace id of its trace, as 32 hexadecimal digits
 * @param id as 16 hexadecimal digits
 * @param parent likewise; empty when it is the first one
 * @param name what was done
 * @param start when that began
 * @param end when it was over
 * @param attributes those that are text
 * @param failed whether its status is an error
 */
public record ReceivedSpan(
    String service,
    String trace,
    String id,
    String parent,
    String name,
    Instant start,
    Instant end,
    Map<String, String> attributes,
    boolean failed) {}
