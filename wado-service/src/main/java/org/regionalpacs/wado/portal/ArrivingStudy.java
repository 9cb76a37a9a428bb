package org.regionalpacs.wado.portal;

import java.time.Instant;

/**
 * A study of which something has arrived lately.
 *
 * @param images how many of its images have
 * @param last when the last one did
 */
public record ArrivingStudy(ListedStudy study, long images, Instant last) {}
