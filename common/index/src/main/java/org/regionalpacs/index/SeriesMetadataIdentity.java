package org.regionalpacs.index;

import java.io.Serializable;

/** The primary key of a {@link SeriesMetadata}. */
public record SeriesMetadataIdentity(String tenant, String studyUid, String seriesUid)
    implements Serializable {}
