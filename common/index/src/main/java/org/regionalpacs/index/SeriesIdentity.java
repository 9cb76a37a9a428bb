package org.regionalpacs.index;

import java.io.Serializable;

/** The primary key of a {@link Series}. */
public record SeriesIdentity(String tenant, String studyUid, String seriesUid)
    implements Serializable {}
